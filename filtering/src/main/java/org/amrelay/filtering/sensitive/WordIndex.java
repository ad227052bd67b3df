// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where in a text the words stand that speak for a type. Immutable once built, safe for several threads; linear in the text
 * times the words that begin alike.
 */
final class WordIndex {
    private static final int HASHES = 1 << 14;
    private static final int MOST = 2_000;

    private record Entry(String words, int number) {}

    private final Map<String, List<Entry>> byFirst = new HashMap<>();
    private final BitSet firsts = new BitSet(HASHES);
    private int numbers;

    /** Adds words that stand for one number, which is returned. */
    int add(List<String> words) {
        for (String each : words) {
            String small = each.toLowerCase(Locale.ROOT);
            String first = small.substring(0, end(small, 0));
            byFirst.computeIfAbsent(first, key -> new ArrayList<>(2)).add(new Entry(small, numbers));
            firsts.set(hash(first, 0, first.length()));
        }
        return numbers++;
    }

    /** Positions of the words of each number, ascending. Mutable while it is filled. */
    static final class Places {
        private final int[][] places;
        private final int[] sizes;

        Places(int numbers) {
            places = new int[numbers][0];
            sizes = new int[numbers];
        }

        private void add(int number, int at) {
            int size = sizes[number];
            if (size == MOST) {
                return;
            }
            if (size == places[number].length) {
                places[number] = Arrays.copyOf(places[number], Math.max(4, size * 2));
            }
            places[number][size] = at;
            sizes[number]++;
        }

        /** Whether a word of the number begins between two places. */
        boolean isBetween(int number, int from, int to) {
            int at = Arrays.binarySearch(places[number], 0, sizes[number], from);
            int next = at < 0 ? -at - 1 : at;
            return next < sizes[number] && places[number][next] < to;
        }
    }

    /** Hears of a word: its number, where it begins and where it ends. */
    @FunctionalInterface
    interface Visitor {
        void found(int number, int from, int to);
    }

    /** Looks for all words; upper and lower case are the same. */
    Places find(String text) {
        Places places = new Places(numbers);
        find(text, (number, from, to) -> places.add(number, from));
        return places;
    }

    /** Tells of all words in their order. */
    void find(String text, Visitor visitor) {
        int length = text.length();
        for (int at = 0; at < length; ) {
            int end = end(text, at);
            if (end - at <= 40 && firsts.get(hash(text, at, end))) {
                for (Entry entry : byFirst.getOrDefault(text.substring(at, end).toLowerCase(Locale.ROOT), List.of())) {
                    if (isThere(text, at, entry.words)) {
                        visitor.found(entry.number, at, at + entry.words.length());
                    }
                }
            }
            at = end;
        }
    }

    private static boolean isThere(String text, int at, String words) {
        int end = at + words.length();
        if (!text.regionMatches(true, at, words, 0, words.length())) {
            return false;
        }
        char last = words.charAt(words.length() - 1);
        return end >= text.length() || last >= 0x2e80 || !isLetter(last) || !isLetter(text.charAt(end));
    }

    private static int end(String text, int from) {
        char first = text.charAt(from);
        if (!isLetter(first) || first >= 0x2e80) {
            return from + 1;
        }
        int end = from + 1;
        while (end < text.length() && isLetter(text.charAt(end)) && text.charAt(end) < 0x2e80) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 0x7f && Character.isLetter(c);
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            char small = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c < 0x80 ? c : Character.toLowerCase(c);
            hash = 31 * hash + small;
        }
        return (hash ^ hash >>> 14) & HASHES - 1;
    }
}
