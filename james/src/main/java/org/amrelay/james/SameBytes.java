// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.amrelay.mail.message.MessageContent;

/** Whether two contents are the same message, byte for byte. Stateless. */
final class SameBytes {
    private static final int PIECE = 16 * 1024;

    private SameBytes() {}

    static boolean in(MessageContent one, MessageContent other) throws IOException {
        if (one == other || one.equals(other)) {
            return true;
        }
        if (one.size() != other.size()) {
            return false;
        }
        if (one instanceof MessageContent.InMemory a && other instanceof MessageContent.InMemory b) {
            return Arrays.equals(a.shared(), b.shared());
        }
        try (InputStream a = one.open();
                InputStream b = other.open()) {
            byte[] left = new byte[PIECE];
            byte[] right = new byte[PIECE];
            while (true) {
                int read = a.readNBytes(left, 0, PIECE);
                int also = b.readNBytes(right, 0, PIECE);
                if (!Arrays.equals(left, 0, read, right, 0, also)) {
                    return false;
                }
                if (read == 0) {
                    return true;
                }
            }
        }
    }
}
