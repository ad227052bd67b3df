// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.function.Predicate;

/**
 * A kind of number. Immutable.
 *
 * @param name of the type
 * @param min least letters and digits
 * @param max most letters and digits
 * @param letters whether letters are among them
 * @param mixed whether the signs between the groups may differ
 * @param alone confidence without a word near it; 0 when it is no find then
 * @param plain confidence without a word near it when it is written in one group; 0 when it is no find then
 * @param words that speak for it, in small letters
 * @param check whether it is one
 */
record NumberType(
        String name,
        int min,
        int max,
        boolean letters,
        boolean mixed,
        int alone,
        int plain,
        List<String> words,
        Predicate<Candidate> check) {
    /** The confidence when a word near it speaks for it. */
    static final int EVIDENT = 85;

    NumberType {
        words = List.copyOf(words);
    }

    /** Digits only, no find without a word near it. */
    static NumberType digits(String name, int min, int max, Predicate<Candidate> check) {
        return new NumberType(name, min, max, false, false, 0, 0, List.of(), check);
    }

    /** Letters and digits, no find without a word near it. */
    static NumberType mixed(String name, int min, int max, Predicate<Candidate> check) {
        return new NumberType(name, min, max, true, false, 0, 0, List.of(), check);
    }

    /** With other signs between the groups. */
    NumberType anySigns() {
        return new NumberType(name, min, max, letters, true, alone, plain, words, check);
    }

    /** A find without a word near it. */
    NumberType alone(int confidence) {
        return new NumberType(name, min, max, letters, mixed, confidence, confidence, words, check);
    }

    /** A find without a word near it when it is written in groups. */
    NumberType grouped(int confidence) {
        return new NumberType(name, min, max, letters, mixed, confidence, plain, words, check);
    }

    NumberType words(String... all) {
        return new NumberType(name, min, max, letters, mixed, alone, plain, List.of(all), check);
    }

    /** The confidence, 0 when it is no find. */
    int confidence(Candidate candidate, boolean evident) {
        if (evident) {
            return EVIDENT;
        }
        return candidate.isPlain() ? plain : alone;
    }
}
