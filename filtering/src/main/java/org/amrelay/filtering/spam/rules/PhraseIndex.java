// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.text.Folding;

/**
 * Finds all phrases of all tests in one pass over the folded text, by the first word of each. Immutable once built.
 *
 * <p>Work is bounded by the length of the text times the phrases that begin with the same word.
 */
final class PhraseIndex {
    private record Entry(String phrase, int number) {}

    private static final int LONGEST_WORD = 40;
    private static final int HASHES = 1 << 14;

    private final Map<String, List<Entry>> byFirstWord = new HashMap<>();
    private final BitSet firstWords = new BitSet(HASHES);
    private final List<String> phrases = new ArrayList<>();

    /** Adds a phrase and gives its number. */
    int add(String phrase) {
        String folded = Folding.plain(phrase);
        if (folded.length() < 3) {
            throw new IllegalArgumentException("the phrase '" + phrase + "' is too short");
        }
        int number = phrases.size();
        phrases.add(folded);
        String first = folded.substring(0, end(folded, 0));
        firstWords.set(hash(folded, 0, first.length()));
        byFirstWord.computeIfAbsent(first, word -> new ArrayList<>(1)).add(new Entry(folded, number));
        return number;
    }

    /** The phrase of a number. */
    String phrase(int number) {
        return phrases.get(number);
    }

    /**
     * What was found.
     *
     * @param anywhere the numbers of phrases that are there
     * @param inSubject those that begin in the subject
     */
    record Found(BitSet anywhere, BitSet inSubject) {}

    Found find(String text, int subjectEnd) {
        BitSet anywhere = new BitSet(phrases.size());
        BitSet inSubject = new BitSet(phrases.size());
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            if (end - at <= LONGEST_WORD && firstWords.get(hash(text, at, end))) {
                for (Entry entry : byFirstWord.getOrDefault(text.substring(at, end), List.of())) {
                    if (text.startsWith(entry.phrase, at) && isWhole(text, at + entry.phrase.length())) {
                        anywhere.set(entry.number);
                        if (at < subjectEnd) {
                            inSubject.set(entry.number);
                        }
                    }
                }
            }
            at = end;
        }
        return new Found(anywhere, inSubject);
    }

    /** Most words begin no phrase, which is known from this without making text of them. */
    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return (hash ^ hash >>> 14) & HASHES - 1;
    }

    private static boolean isWhole(String text, int end) {
        return end >= text.length()
                || text.charAt(end) >= 0x2e80
                || !isWord(text.charAt(end))
                || !isWord(text.charAt(end - 1))
                || text.charAt(end - 1) >= 0x2e80;
    }

    private static int end(String text, int from) {
        char first = text.charAt(from);
        if (!isWord(first) || first >= 0x2e80) {
            return from + 1;
        }
        int end = from;
        while (end < text.length() && isWord(text.charAt(end)) && text.charAt(end) < 0x2e80) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c > 0x7f && Character.isLetterOrDigit(c);
    }
}
