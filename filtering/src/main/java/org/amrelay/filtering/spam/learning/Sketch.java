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

    private static final int EMPTY = 0;

    private int[] hashes = new int[512];
    private int size;
    private int offered;
    private int[] places = new int[2_048];

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
        if (offered >= MOST) {
            return;
        }
        offered++;
        long mixed = (hash ^ hash >>> 29) * 0xbf58476d1ce4e5b9L;
        int feature = (int) (mixed ^ mixed >>> 32);
        // A feature that looks like an empty place moves by one: there are four thousand million others
        keep(feature == EMPTY ? 1 : feature);
    }

    private void keep(int feature) {
        if (!isNew(feature)) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = feature;
        if (size * 2 > places.length) {
            places = new int[places.length * 4];
            for (int i = 0; i < size; i++) {
                isNew(hashes[i]);
            }
        }
    }

    /** Puts a feature into its place; nothing is sorted, since that took longer than all the rest. */
    private boolean isNew(int feature) {
        int mask = places.length - 1;
        int at = feature & mask;
        while (places[at] != EMPTY) {
            if (places[at] == feature) {
                return false;
            }
            at = at + 1 & mask;
        }
        places[at] = feature;
        return true;
    }

    void add(String family, CharSequence text) {
        add(hash(hash(0, family), text));
    }

    /** The features in the order in which they were found, each once. */
    public int[] features() {
        return Arrays.copyOf(hashes, size);
    }
}
