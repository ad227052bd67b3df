// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.util.Arrays;

/**
 * The features of one message, each by its hash, without repetitions. Mutable while it is made; for one thread.
 *
 * <p>Bounded: features beyond {@value #MOST} are left out.
 */
public final class Sketch {
    /** Features of one message. */
    public static final int MOST = 6_000;

    private static final long PRIME = 0x100000001b3L;

    private int[] hashes = new int[512];
    private int size;

    /** The hash of text, mixed with a seed. */
    static long hash(long seed, CharSequence text, int from, int to) {
        long hash = seed ^ 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    static long hash(long seed, CharSequence text) {
        return hash(seed, text, 0, text.length());
    }

    static long mix(long first, long second) {
        long mixed = first * 0x9e3779b97f4a7c15L ^ second;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }

    void add(long hash) {
        if (size >= MOST) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        long mixed = (hash ^ hash >>> 29) * 0xbf58476d1ce4e5b9L;
        hashes[size++] = (int) (mixed ^ mixed >>> 32);
    }

    void add(String family, CharSequence text) {
        add(hash(hash(0, family), text));
    }

    /** The features in the order of their hashes. */
    public int[] features() {
        int[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }
}
