// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import org.amrelay.mail.text.Folding;

/** The words of a text as features: each word, and each with the one and the two before it. Linear, stateless. */
final class Words {
    private static final int LONGEST = 24;

    private Words() {}

    /** @param most words that are looked at */
    static void add(Sketch sketch, String family, String text, int most) {
        String cut = text.length() > most * LONGEST ? text.substring(0, most * LONGEST) : text;
        addFolded(sketch, family, Folding.plain(cut), 0, most);
    }

    /**
     * The words of what is folded already.
     *
     * @param from where the first is looked for
     */
    static void addFolded(Sketch sketch, String family, String plain, int from, int most) {
        long seed = Sketch.hash(0, family);
        long before = seed;
        long beforeThat = seed;
        int words = 0;
        int at = from;
        while (at < plain.length() && words < most) {
            char c = plain.charAt(at);
            if (c == ' ') {
                at++;
                continue;
            }
            int end = end(plain, at);
            long word = word(seed, plain, at, end);
            sketch.add(word);
            sketch.add(Sketch.mix(before, word));
            sketch.add(Sketch.mix(beforeThat, word) + 1);
            beforeThat = before;
            before = word;
            words++;
            at = end;
        }
    }

    /** A run of letters and digits, or one sign; scripts without blanks go character by character. */
    private static int end(String text, int from) {
        if (!isWord(text.charAt(from))) {
            return from + 1;
        }
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            if (text.charAt(end) >= 0x2e80) {
                return end == from ? end + 1 : end;
            }
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '\''
                || c == '-'
                || c > 0x7f && Character.isLetterOrDigit(c);
    }

    /** Digits are alike, and so are the ends of very long words. */
    private static long word(long seed, String text, int from, int to) {
        long hash = seed;
        int end = Math.min(to, from + LONGEST);
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            hash = Sketch.mix(hash, c >= '0' && c <= '9' ? '0' : c);
        }
        return hash;
    }
}
