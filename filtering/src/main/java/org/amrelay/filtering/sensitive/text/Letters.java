// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.text.Normalizer;

/** Makes characters comparable: lower case, without accents, one kind of space, digits of all scripts as 0 to 9. */
public final class Letters {
    private static final char[] FOLDED = table();

    private Letters() {}

    /** The character for comparing key words; each kind of space, hyphen and underscore becomes a space. */
    public static char fold(char c) {
        return FOLDED[c];
    }

    /** An ASCII letter in upper case or a digit as ASCII; 0 for all others. */
    public static char plain(char c) {
        if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
            return c;
        } else if (c >= 'a' && c <= 'z') {
            return (char) (c - 32);
        } else if (c < 0x660) {
            return 0;
        }
        int digit = Character.digit(c, 10);
        return digit < 0 ? 0 : (char) ('0' + digit);
    }

    /** Whether it belongs to a script that puts no spaces between words. */
    public static boolean isUnspaced(char c) {
        return c >= 0x0E00 && c <= 0x0E7F || c >= 0x2E80 && c <= 0xD7FF || c >= 0xF900 && c <= 0xFAFF;
    }

    /** Whether it continues a word. */
    public static boolean isWord(char c) {
        return c < 128 ? plain(c) != 0 : Character.isLetterOrDigit(c) && !isUnspaced(c);
    }

    private static char[] table() {
        char[] folded = new char[Character.MAX_VALUE + 1];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (char) folded((char) i);
        }
        return folded;
    }

    private static int folded(char c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || isDash(c) || c == '_') {
            return ' ';
        } else if (c < 128) {
            return Character.toLowerCase(c);
        } else if (Character.isSurrogate(c) || c >= 0xAC00 && c <= 0xD7A3) {
            return c;
        }
        return switch (c) {
            case '\u2019', '\u2018', '\u00B4' -> '\'';
            case '\u0131', '\u0130' -> 'i';
            case '\u00F8', '\u00D8' -> 'o';
            case '\u0142', '\u0141' -> 'l';
            case '\u0111', '\u0110' -> 'd';
            case '\u03C2' -> '\u03C3';
            default ->
                Character.toLowerCase(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD)
                        .charAt(0));
        };
    }

    /** Whether it looks like a hyphen. */
    public static boolean isDash(char c) {
        return c == '-' || c >= 0x2010 && c <= 0x2015 || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
    }
}
