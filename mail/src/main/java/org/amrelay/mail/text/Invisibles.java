// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

/**
 * Characters that nobody sees: of no width, fillers, and those that turn the direction of text (UAX 9, UTS 39 §5.1). Stateless.
 */
public final class Invisibles {
    private Invisibles() {}

    /** Whether the character is drawn as nothing: default ignorable (UAX 44) and the fillers. */
    public static boolean isInvisible(int c) {
        if (c < 0xad) {
            return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
        }
        return c == 0xad
                || c == 0x34f
                || c == 0x61c
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c >= 0x180b && c <= 0x180f
                || c >= 0x200b && c <= 0x200f
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2060 && c <= 0x206f
                || c == 0x2800
                || c == 0x3164
                || c >= 0xfe00 && c <= 0xfe0f
                || c == 0xfeff
                || c == 0xffa0
                || c >= 0x1d173 && c <= 0x1d17a
                || c >= 0xe0000 && c <= 0xe0fff;
    }

    /** Whether the character turns the direction of what follows it (UAX 9 §2). */
    public static boolean isDirection(int c) {
        return c == 0x61c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    /** How many invisible characters there are. */
    public static int count(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0xad) {
                continue;
            }
            count += isInvisible(Character.isHighSurrogate(c) ? text.codePointAt(i) : c) ? 1 : 0;
        }
        return count;
    }

    /** How many characters turn the direction. */
    public static int countDirections(String text) {
        return (int) text.chars().filter(Invisibles::isDirection).count();
    }

    /** The text without its invisible characters. */
    public static String removeFrom(String text) {
        if (count(text) == 0) {
            return text;
        }
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isInvisible(c)).forEach(seen::appendCodePoint);
        return seen.toString();
    }
}
