// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Keccak-256 as Ethereum has it, with the padding from before FIPS 202, for inputs of one block. Stateless. */
final class Keccak {
    private static final int RATE = 136;
    private static final int ROUNDS = 24;
    private static final long[] CONSTANTS = constants();
    private static final int[] TURNS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private Keccak() {}

    /** The constants come out of a shift register (FIPS 202 §3.2.5). */
    private static long[] constants() {
        long[] constants = new long[ROUNDS];
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < 7; j++) {
                if ((register & 1) != 0) {
                    constants[round] |= 1L << ((1 << j) - 1);
                }
                register = register << 1 ^ ((register & 0x80) != 0 ? 0x171 : 0);
            }
        }
        return constants;
    }

    /** @param input less than 136 octets */
    static byte[] hash(byte[] input) {
        byte[] block = Arrays.copyOf(input, RATE);
        block[input.length] ^= 0x01;
        block[RATE - 1] ^= (byte) 0x80;
        ByteBuffer lanes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        long[] state = new long[25];
        for (int i = 0; i < RATE / 8; i++) {
            state[i] = lanes.getLong();
        }
        for (int round = 0; round < ROUNDS; round++) {
            permute(state, CONSTANTS[round]);
        }
        ByteBuffer hash = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4; i++) {
            hash.putLong(state[i]);
        }
        return hash.array();
    }

    private static void permute(long[] state, long constant) {
        long[] columns = new long[5];
        for (int i = 0; i < 25; i++) {
            columns[i % 5] ^= state[i];
        }
        for (int i = 0; i < 25; i++) {
            state[i] ^= columns[(i + 4) % 5] ^ Long.rotateLeft(columns[(i + 1) % 5], 1);
        }
        long moved = state[1];
        for (int i = 0; i < 24; i++) {
            long next = state[LANES[i]];
            state[LANES[i]] = Long.rotateLeft(moved, TURNS[i]);
            moved = next;
        }
        for (int row = 0; row < 25; row += 5) {
            long[] old = Arrays.copyOfRange(state, row, row + 5);
            for (int i = 0; i < 5; i++) {
                state[row + i] = old[i] ^ ~old[(i + 1) % 5] & old[(i + 2) % 5];
            }
        }
        state[0] ^= constant;
    }
}
