// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The structure of a message in one line, for tests: {@code multipart/mixed[text/plain "hello", application/zip a.zip]}. */
final class Outline {
    private Outline() {}

    /** Lines end with LF in the source and with CRLF in the message; one character is one byte. */
    static MessageView view(String message) {
        return MessageView.of(bytes(message.replace("\n", "\r\n")));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String of(MessageView view) {
        return of(view.root());
    }

    private static String of(MessagePart part) {
        String name = part.names().isEmpty() ? "" : " " + String.join("|", part.names());
        String text = part.isText() ? " \"" + part.text().strip().replace("\r\n", "/") + '"' : "";
        String inside = part.children().isEmpty()
                ? ""
                : part.children().stream().map(Outline::of).collect(Collectors.joining(", ", "[", "]"));
        return part.type() + name + text + inside;
    }

    static String flaws(MessageView view) {
        return view.flaws().stream().map(Flaw::toString).sorted().collect(Collectors.joining(", "));
    }
}
