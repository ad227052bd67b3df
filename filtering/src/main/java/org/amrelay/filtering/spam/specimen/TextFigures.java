// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.specimen;

/**
 * What is counted in the first {@value #LOOKED_AT} characters of a text, all in one pass. Immutable.
 *
 * @param length how many characters were looked at
 * @param letters those of a to z, small or capital
 * @param capitals those of A to Z
 * @param exclamations exclamation marks
 * @param unpronounceable runs of at least seven letters without a vowel
 * @param split places where a character without width stands between two letters of a word
 * @param ascii whether all is US-ASCII
 */
public record TextFigures(
        int length, int letters, int capitals, int exclamations, int unpronounceable, int split, boolean ascii) {
    /** Characters that are looked at. */
    public static final int LOOKED_AT = 20_000;

    private static final int CONSONANTS_OF_A_WORD = 6;
    private static final int VOWELS = bits("aeiouy");

    static TextFigures of(String text) {
        int length = Math.min(text.length(), LOOKED_AT);
        int letters = 0;
        int capitals = 0;
        int exclamations = 0;
        int unpronounceable = 0;
        int split = 0;
        int consonants = 0;
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                letters++;
                capitals += c <= 'Z' ? 1 : 0;
                consonants = (VOWELS & 1 << (c & 0x1f)) == 0 ? consonants + 1 : 0;
                unpronounceable += consonants == CONSONANTS_OF_A_WORD + 1 ? 1 : 0;
                continue;
            }
            consonants = 0;
            exclamations += c == '!' ? 1 : 0;
            if (c > 0x7f) {
                ascii = false;
                split += isInvisible(c) && isInside(text, i, length) ? 1 : 0;
            }
        }
        return new TextFigures(length, letters, capitals, exclamations, unpronounceable, split, ascii);
    }

    /** The letters a to z are the numbers 1 to 26 in the lowest five bits, small and capital alike. */
    private static int bits(String letters) {
        return letters.chars().map(c -> 1 << (c & 0x1f)).reduce(0, (all, one) -> all | one);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isInvisible(char c) {
        return c == '\u200b' || c == '\u200c' || c == '\u2060' || c == '\u00ad' || c == '\ufeff' || c == '\u034f';
    }

    private static boolean isInside(String text, int at, int length) {
        return at > 0 && at < length - 1 && isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at + 1));
    }
}
