// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.util.OptionalLong;
import org.amrelay.filtering.spam.specimen.Specimen;

/**
 * A digest that hardly changes when a text hardly does (Charikar's similarity hash over three words in a row): copies of one
 * campaign differ in few of its 64 bits, other texts in about half. Stateless, linear in the text.
 */
final class TextDigest {
    /** Texts with fewer words are too much alike. */
    static final int LEAST_WORDS = 25;

    private static final int LOOKED_AT = 20_000;

    private TextDigest() {}

    /** Of what a reader sees, without numbers, which each copy may have of its own; empty for a short text. */
    static OptionalLong of(Specimen specimen) {
        String text = specimen.folded();
        int from = Math.min(specimen.foldedSubject(), text.length());
        int length = Math.min(text.length(), from + LOOKED_AT);
        int[] votes = new int[Long.SIZE];
        long before = 0;
        long beforeThat = 0;
        int words = 0;
        int at = from;
        while (at < length) {
            int end = at;
            while (end < length && Character.isLetter(text.charAt(end))) {
                end++;
            }
            if (end - at > 1) {
                long word = Sketch.hash(0, text, at, end);
                vote(votes, Sketch.mix(Sketch.mix(beforeThat, before), word));
                beforeThat = before;
                before = word;
                words++;
            }
            at = Math.max(end, at + 1);
        }
        return words < LEAST_WORDS ? OptionalLong.empty() : OptionalLong.of(majority(votes));
    }

    private static void vote(int[] votes, long hash) {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            votes[bit] += (hash >>> bit & 1) == 1 ? 1 : -1;
        }
    }

    private static long majority(int[] votes) {
        long digest = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            digest |= votes[bit] > 0 ? 1L << bit : 0;
        }
        return digest;
    }
}
