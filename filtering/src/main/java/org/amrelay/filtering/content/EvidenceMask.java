// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** Makes evidence that shows what something looks like, and not what it is. Stateless. */
final class EvidenceMask {
    private static final int LONGEST = 40;
    private static final int LONGEST_NAME = 60;
    private static final int READABLE = 6;

    private EvidenceMask() {}

    /** Each letter becomes x, each digit #. */
    static String shape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> out.append(shape(c)));
        return out.append(text.length() > LONGEST ? "..." : "").toString();
    }

    private static char shape(int c) {
        if (Character.isDigit(c)) {
            return '#';
        } else if (Character.isLetter(c)) {
            return 'x';
        }
        return c > ' ' && c < 0x7f ? (char) c : c == ' ' ? ' ' : '?';
    }

    /** A word that the rule itself names: its first and last letter help to tell which one. */
    static String word(String text) {
        String shape = shape(text);
        if (text.length() < READABLE || text.length() > LONGEST) {
            return shape;
        }
        return keep(text.charAt(0)) + shape.substring(1, shape.length() - 1) + keep(text.charAt(text.length() - 1));
    }

    private static String keep(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? String.valueOf(c) : String.valueOf(shape(c));
    }

    /** A file name without its digits, and without characters that change how it is shown. */
    static String name(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_NAME)
                .forEach(c -> out.appendCodePoint(
                        Character.isDigit(c) ? '#' : Character.isLetter(c) || c >= ' ' && c < 0x7f ? c : '?'));
        return out.append(text.length() > LONGEST_NAME ? "..." : "").toString();
    }
}
