// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

/** Numbers with the lowest byte first; what lies outside of the bytes reads as zero. Stateless. */
public final class Little {
    private Little() {}

    /** An unsigned byte. */
    public static int u8(byte[] bytes, long at) {
        return at >= 0 && at < bytes.length ? bytes[(int) at] & 0xff : 0;
    }

    /** An unsigned number of two bytes. */
    public static int u16(byte[] bytes, long at) {
        return u8(bytes, at) | u8(bytes, at + 1) << 8;
    }

    /** An unsigned number of four bytes. */
    public static long u32(byte[] bytes, long at) {
        return u16(bytes, at) | (long) u16(bytes, at + 2) << 16;
    }

    /** A number of eight bytes; negative when it is larger than any file. */
    public static long u64(byte[] bytes, long at) {
        return u32(bytes, at) | u32(bytes, at + 4) << 32;
    }

    /** Where a pattern starts at or after a place; -1 when nowhere. */
    public static int find(byte[] bytes, byte[] pattern, int from) {
        int last = bytes.length - pattern.length;
        for (int at = Math.max(0, from); at <= last; at++) {
            int same = 0;
            while (same < pattern.length && bytes[at + same] == pattern[same]) {
                same++;
            }
            if (same == pattern.length) {
                return at;
            }
        }
        return -1;
    }
}
