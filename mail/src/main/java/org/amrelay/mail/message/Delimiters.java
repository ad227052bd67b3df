// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

/** Whether a line separates parts (RFC 2046 §5.1.1). Stateless. */
final class Delimiters {
    static final int NONE = 0;
    static final int OPENS = 1;
    static final int CLOSES = 2;

    private Delimiters() {}

    static int kind(LineReader line, byte[] boundary) {
        byte[] bytes = line.bytes();
        int from = line.from() + 2;
        int end = line.from() + line.length();
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        int length = trimmed(boundary);
        boolean opens = end - from == length;
        boolean closes = end - from == length + 2 && bytes[end - 1] == '-' && bytes[end - 2] == '-';
        if (!opens && !closes) {
            return NONE;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != boundary[i]) {
                return NONE;
            }
        }
        return opens ? OPENS : CLOSES;
    }

    /** A boundary cannot end with a blank, which would be lost on the way. */
    private static int trimmed(byte[] boundary) {
        int length = boundary.length;
        while (length > 0 && (boundary[length - 1] == ' ' || boundary[length - 1] == '\t')) {
            length--;
        }
        return length;
    }
}
