// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/**
 * A uuencoded file (POSIX uuencode): each line starts with its length.
 *
 * <p>A line {@code begin} before and a line {@code end} behind it are left out; what is no line of the encoding is damage.
 */
final class UuDecoding extends Decoding {
    private static final int LONGEST = 256;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private boolean ended;

    @Override
    int feed(byte[] in, int from, int to, byte[] out) {
        int at = 0;
        for (int i = from; i < to; i++) {
            byte c = in[i];
            if (c == '\n' || c == '\r') {
                at = line(out, at);
                length = 0;
            } else if (length < LONGEST) {
                line[length++] = c;
            }
        }
        return at;
    }

    @Override
    int end(byte[] out) {
        int at = line(out, 0);
        length = 0;
        if (!ended) {
            damage();
        }
        return at;
    }

    private int line(byte[] out, int from) {
        if (length == 0 || ended || startsWith("begin ")) {
            return from;
        }
        if (length == 3 && startsWith("end")) {
            ended = true;
            return from;
        }
        int count = line[0] - 32 & 63;
        int needed = (count + 2) / 3 * 4;
        if (line[0] < 32 || line[0] > 96 || length - 1 > needed + 4) {
            damage();
            return from;
        }
        if ((length - 1) * 4 < needed) {
            // So much cannot have been lost; and nobody shall make much out of little
            damage();
            count = (length - 1) / 4 * 3;
        }
        int at = from;
        for (int i = 1, left = count; left > 0; i += 4, left -= 3) {
            int group = sixBits(i) << 18 | sixBits(i + 1) << 12 | sixBits(i + 2) << 6 | sixBits(i + 3);
            out[at++] = (byte) (group >> 16);
            if (left > 1) {
                out[at++] = (byte) (group >> 8);
            }
            if (left > 2) {
                out[at++] = (byte) group;
            }
        }
        return at;
    }

    /** Blanks at the end of a line may have been lost on the way; they are zeros. */
    private int sixBits(int index) {
        return index < length ? line[index] - 32 & 63 : 0;
    }

    private boolean startsWith(String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (line[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Four octets of a line give three at most, and three quarters of a line may be missing. */
    @Override
    int most(int size) {
        return size * 3 + LONGEST;
    }
}
