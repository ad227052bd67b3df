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
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("message-id:")) {
                String id = line.substring("message-id:".length()).strip();
                boolean harmless = id.length() > 4
                        && id.length() <= LONGEST_MESSAGE_ID
                        && id.startsWith("<")
                        && id.endsWith(">")
                        && id.chars().allMatch(c -> c > ' ' && c < 127);
                return harmless ? Optional.of(id) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
