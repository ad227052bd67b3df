// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import org.amrelay.filtering.attachments.archives.Little;

/** Whether a RAR archive wants a password, in its fourth and fifth format; looks at the first headers only. Stateless. */
final class RarSigns {
    private static final int HEADERS = 64;

    private RarSigns() {}

    static boolean isEncrypted(byte[] bytes) {
        return Little.u8(bytes, 6) == 1 ? fifth(bytes) : fourth(bytes);
    }

    private static boolean fourth(byte[] bytes) {
        long at = 7;
        for (int count = 0; count < HEADERS && at + 7 < bytes.length; count++) {
            int kind = Little.u8(bytes, at + 2);
            int flags = Little.u16(bytes, at + 3);
            if (kind == 0x73 && (flags & 0x80) != 0 || kind == 0x74 && (flags & 4) != 0) {
                return true;
            }
            long more = (flags & 0x8000) != 0 ? Little.u32(bytes, at + 7) : 0;
            at += Math.max(7, Little.u16(bytes, at + 5)) + more;
        }
        return false;
    }

    /** A header of type 4 says that all that follows is encrypted; files have a record of type 1 in their extra area. */
    private static boolean fifth(byte[] bytes) {
        int at = 8 + 4;
        while (at < bytes.length && (bytes[at] & 0x80) != 0 && at < 8 + 4 + 9) {
            at++;
        }
        return Little.u8(bytes, at + 1L) == 4;
    }
}
