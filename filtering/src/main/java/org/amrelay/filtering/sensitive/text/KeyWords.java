// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words and phrases by topic, found in a text in one pass whatever their number (Aho and Corasick's machine).
 *
 * <p>Compared without case and accents; a word has to stand alone unless its script puts no spaces between words.
 */
public final class KeyWords {
    private final Map<String, Integer> topics = new LinkedHashMap<>();
    private final short[] classes = new short[Character.MAX_VALUE + 1];
    private final int width;
    private final int[] next;
    private final int[] fail;
    private final int[] length;
    private final int[][] topicsAt;
    private final int[] shorter;

    /**
     * Builds the machine.
     *
     * @param words the phrases of each topic
     */
    public KeyWords(Map<String, List<String>> words) {
        int nodes = 1;
        int known = 1;
        for (Map.Entry<String, List<String>> topic : words.entrySet()) {
            topics.put(topic.getKey(), topics.size());
            for (String word : topic.getValue()) {
                nodes += word.length();
                for (int i = 0; i < word.length(); i++) {
                    char c = Letters.fold(word.charAt(i));
                    if (classes[c] == 0) {
                        classes[c] = (short) known++;
                    }
                }
            }
        }
        for (int c = Character.MAX_VALUE; c >= 0; c--) {
            classes[c] = classes[Letters.fold((char) c)];
        }
        width = known;
        next = new int[nodes * width];
        fail = new int[nodes];
        length = new int[nodes];
        shorter = new int[nodes];
        topicsAt = new int[nodes][];
        grow(words);
        link();
    }

    private void grow(Map<String, List<String>> words) {
        int used = 1;
        for (Map.Entry<String, List<String>> topic : words.entrySet()) {
            for (String word : topic.getValue()) {
                int node = 0;
                for (int i = 0; i < word.length(); i++) {
                    int slot = node * width + classes[word.charAt(i)];
                    if (next[slot] == 0) {
                        next[slot] = used++;
                    }
                    node = next[slot];
                }
                length[node] = word.length();
                int[] before = topicsAt[node] == null ? new int[0] : topicsAt[node];
                topicsAt[node] = Arrays.copyOf(before, before.length + 1);
                topicsAt[node][before.length] = index(topic.getKey());
            }
        }
    }

    private void link() {
        Deque<Integer> queue = new ArrayDeque<>();
        for (int c = 0; c < width; c++) {
            if (next[c] != 0) {
                queue.add(next[c]);
            }
        }
        while (!queue.isEmpty()) {
            int node = queue.remove();
            shorter[node] = topicsAt[fail[node]] != null ? fail[node] : shorter[fail[node]];
            for (int c = 0; c < width; c++) {
                int slot = node * width + c;
                int fallback = next[fail[node] * width + c];
                if (next[slot] == 0) {
                    next[slot] = fallback;
                } else {
                    fail[next[slot]] = fallback;
                    queue.add(next[slot]);
                }
            }
        }
    }

    /** The number of a topic, or -1. */
    public int index(String topic) {
        return topics.getOrDefault(topic, -1);
    }

    /** Finds all key words of the text. */
    public KeyWordPlaces find(CharSequence text) {
        List<Places> found = new ArrayList<>();
        topics.forEach((topic, number) -> found.add(new Places()));
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            node = next[node * width + classes[text.charAt(i)]];
            for (int hit = topicsAt[node] != null ? node : shorter[node]; hit != 0; hit = shorter[hit]) {
                if (standsAlone(text, i + 1 - length[hit], i + 1)) {
                    for (int topic : topicsAt[hit]) {
                        found.get(topic).add(i + 1 - length[hit], i + 1);
                    }
                }
            }
        }
        return new KeyWordPlaces(found);
    }

    private static boolean standsAlone(CharSequence text, int start, int end) {
        return (start == 0
                        || !Letters.isWord(text.charAt(start))
                        || !Character.isLetter(text.charAt(start - 1))
                        || Letters.isUnspaced(text.charAt(start - 1)))
                && (end == text.length()
                        || !Letters.isWord(text.charAt(end - 1))
                        || !Character.isLetter(text.charAt(end))
                        || Letters.isUnspaced(text.charAt(end)));
    }

    /** Where the words of one topic stand, in the order of their ends. */
    static final class Places {
        private int[] ends = new int[4];
        private int[] starts = new int[4];
        private int count;

        void add(int start, int end) {
            if (count > 0 && ends[count - 1] == end) {
                return;
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count] = start;
            ends[count++] = end;
        }

        /** The distance of the nearest word that ends at or before the place. */
        int before(int place) {
            int at = firstAfter(place);
            return at == 0 ? KeyWordPlaces.NONE : place - ends[at - 1];
        }

        /** The distance of the nearest word that starts at or after the place. */
        int after(int place) {
            for (int at = firstAfter(place); at < count && at >= 0; at++) {
                if (starts[at] >= place) {
                    return starts[at] - place;
                }
            }
            return KeyWordPlaces.NONE;
        }

        IntStream allEnds() {
            return Arrays.stream(ends, 0, count);
        }

        Stream<int[]> allSpans() {
            return IntStream.range(0, count).mapToObj(i -> new int[] {starts[i], ends[i]});
        }

        private int firstAfter(int place) {
            int at = Arrays.binarySearch(ends, 0, count, place);
            return at >= 0 ? at + 1 : -at - 1;
        }
    }
}
