// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

/** Keccak-256 as Ethereum uses it, for inputs that fit into one block. */
final class Keccak {
    private static final int RATE = 136;
    private static final int ROUNDS = 24;

    private Keccak() {}

    /** The digest of fewer than 136 bytes. */
    static byte[] digest(byte[] input) {
        long[] state = new long[25];
        for (int i = 0; i < input.length; i++) {
            state[i / 8] ^= (input[i] & 0xFFL) << 8 * (i % 8);
        }
        state[input.length / 8] ^= 1L << 8 * (input.length % 8);
        state[RATE / 8 - 1] ^= 0x80L << 56;
        permute(state);
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
        }
        return digest;
    }

    private static void permute(long[] a) {
        int lfsr = 1;
        for (int round = 0; round < ROUNDS; round++) {
            theta(a);
            rhoAndPi(a);
            chi(a);
            for (int j = 0; j < 7; j++) {
                lfsr = (lfsr << 1 ^ (lfsr >> 7) * 0x71) & 0xFF;
                if ((lfsr & 2) != 0) {
                    a[0] ^= 1L << (1 << j) - 1;
                }
            }
        }
    }

    private static void theta(long[] a) {
        long[] c = new long[5];
        for (int i = 0; i < 25; i++) {
            c[i % 5] ^= a[i];
        }
        for (int i = 0; i < 25; i++) {
            a[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
        }
    }

    private static void rhoAndPi(long[] a) {
        int x = 1;
        int y = 0;
        long current = a[1];
        for (int t = 0; t < 24; t++) {
            int next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
            long kept = a[x + 5 * y];
            a[x + 5 * y] = Long.rotateLeft(current, (t + 1) * (t + 2) / 2);
            current = kept;
        }
    }

    private static void chi(long[] a) {
        for (int row = 0; row < 25; row += 5) {
            long first = a[row];
            long second = a[row + 1];
            for (int i = 0; i < 3; i++) {
                a[row + i] ^= ~a[row + i + 1] & a[row + i + 2];
            }
            a[row + 3] ^= ~a[row + 4] & first;
            a[row + 4] ^= ~first & second;
        }
    }
}
