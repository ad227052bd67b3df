// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.Arrays;

/**
 * Base64 as mail programs read it (RFC 2045 §6.8): what is not of the alphabet is left out, padding may be missing, and what
 * follows padding is decoded as well.
 */
final class Base64Decoding extends Decoding {
    private static final byte SPACE = -1;
    private static final byte PADDING = -2;
    private static final byte JUNK = -3;
    private static final byte[] VALUES = values();

    private int bits;
    private int count;
    private boolean padded;

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, JUNK);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['\r'] = SPACE;
        values['\n'] = SPACE;
        values[' '] = SPACE;
        values['\t'] = SPACE;
        values['='] = PADDING;
        return values;
    }

    @Override
    int feed(byte[] in, int from, int to, byte[] out) {
        int at = 0;
        for (int i = from; i < to; i++) {
            byte value = VALUES[in[i] & 0xff];
            if (value >= 0) {
                if (padded) {
                    padded = false;
                    damage();
                }
                bits = bits << 6 | value;
                if (++count == 4) {
                    out[at++] = (byte) (bits >> 16);
                    out[at++] = (byte) (bits >> 8);
                    out[at++] = (byte) bits;
                    count = 0;
                    bits = 0;
                }
            } else if (value == PADDING) {
                at = rest(out, at);
                padded = true;
            } else if (value == JUNK) {
                damage();
            }
        }
        return at;
    }

    @Override
    int end(byte[] out) {
        if (count > 0) {
            damage();
        }
        return rest(out, 0);
    }

    /** The octets of an incomplete group. */
    private int rest(byte[] out, int from) {
        int at = from;
        if (count == 3) {
            out[at++] = (byte) (bits >> 10);
            out[at++] = (byte) (bits >> 2);
        } else if (count == 2) {
            out[at++] = (byte) (bits >> 4);
        } else if (count == 1) {
            damage();
        }
        count = 0;
        bits = 0;
        return at;
    }
}
