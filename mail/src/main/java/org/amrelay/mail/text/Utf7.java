// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

/**
 * UTF-7 (RFC 2152), which Java does not have and senders of spam have. Stateless.
 *
 * <p>Reads as leniently as the mail programs that still know it: a shifted part ends at the first character outside of base64.
 */
final class Utf7 {
    private Utf7() {}

    static DecodedText decode(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder(length);
        boolean damaged = false;
        int i = 0;
        while (i < length) {
            int c = bytes[i++] & 0xff;
            if (c != '+') {
                damaged |= c >= 0x80;
                text.append(c < 0x80 ? (char) c : '\ufffd');
                continue;
            }
            if (i < length && bytes[i] == '-') {
                text.append('+');
                i++;
                continue;
            }
            i = shifted(bytes, i, length, text);
            if (i < length && bytes[i] == '-') {
                i++;
            }
        }
        return new DecodedText(text.toString(), "utf-7", false, damaged);
    }

    private static int shifted(byte[] bytes, int from, int length, StringBuilder text) {
        int i = from;
        int bits = 0;
        int count = 0;
        for (; i < length; i++) {
            int value = value(bytes[i]);
            if (value < 0) {
                break;
            }
            bits = bits << 6 | value;
            count += 6;
            if (count >= 16) {
                count -= 16;
                text.append((char) (bits >> count & 0xffff));
                bits &= (1 << count) - 1;
            }
        }
        return i;
    }

    private static int value(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }
}
