// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.message.MessageContent;

/**
 * The header of the message that a notice is about, as it is, up to 128 KiB.
 *
 * @param bytes whole lines, without the empty line
 */
record OriginalHeader(byte[] bytes) {
    private static final int MOST = 128 * 1024;
    private static final int LONGEST_MESSAGE_ID = 500;

    static OriginalHeader of(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] start = in.readNBytes((int) Math.min(MOST, content.size()));
            return new OriginalHeader(withoutRest(start));
        }
    }

    private static byte[] withoutRest(byte[] start) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        int line = 0;
        for (int i = 0; i < start.length; i++) {
            if (start[i] == '\n') {
                int length = i - line + 1;
                if (length == 1 || (length == 2 && start[line] == '\r')) {
                    break;
                }
                header.write(start, line, length);
                line = i + 1;
            }
        }
        return header.toByteArray();
    }

    /** The Message-ID, when it is one that can be repeated without harm. */
    Optional<String> messageId() {
        return field("message-id")
                .filter(id -> id.length() > 4
                        && id.length() <= LONGEST_MESSAGE_ID
                        && id.startsWith("<")
                        && id.endsWith(">")
                        && id.chars().allMatch(c -> c > ' ' && c < 127));
    }

    /** The first field of a name, given in lower case, up to its first line end. */
    Optional<String> field(String name) {
        String start = name + ':';
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /**
     * Whether a program wrote the message as an answer or a report (RFC 3834 §5, RFC 6522): a notice about it would be the
     * second half of a loop.
     */
    boolean isAnswerOfAProgram() {
        String submitted = field("auto-submitted").orElse("").toLowerCase(Locale.ROOT);
        String type = field("content-type").orElse("").toLowerCase(Locale.ROOT);
        return submitted.startsWith("auto-replied") || type.startsWith("multipart/report");
    }
}
