// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/** Messages written in tests, with one character per octet. */
public final class Mails {
    private Mails() {}

    /** Lines end with LF in the text and with CRLF in the message. */
    public static MessageContent of(String text) {
        return raw(text.replace("\n", "\r\n"));
    }

    public static MessageContent raw(String text) {
        return MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static HeaderSection header(MessageContent content) {
        try {
            return HeaderSection.read(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(MessageContent content) {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message with fields put before all others. */
    public static MessageContent with(List<HeaderField> fields, MessageContent content) {
        StringBuilder all = new StringBuilder();
        fields.forEach(f -> all.append(f.raw()).append("\r\n"));
        return raw(all + text(content));
    }
}
