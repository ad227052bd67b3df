// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.Arrays;

/** Takes the encoded bytes of one body piece by piece and gives the decoded ones. For one thread and one body. */
abstract class Decoding {
    private boolean damaged;

    /**
     * Decodes a piece.
     *
     * @param out has room for {@link #most} bytes
     * @return how many bytes were written to it
     */
    abstract int feed(byte[] in, int from, int to, byte[] out);

    /** What is left when all pieces have been given. */
    abstract int end(byte[] out);

    /** So many bytes at most come of so many. */
    int most(int length) {
        return length + 1024;
    }

    /** Whether something was not as it should be so far. */
    boolean isDamaged() {
        return damaged;
    }

    void damage() {
        damaged = true;
    }

    /** The whole body at once. */
    byte[] all(byte[] in) {
        byte[] out = new byte[most(in.length)];
        int length = feed(in, 0, in.length, out);
        byte[] rest = new byte[most(0)];
        int more = end(rest);
        if (length + more > out.length) {
            out = Arrays.copyOf(out, length + more);
        }
        System.arraycopy(rest, 0, out, length, more);
        return Arrays.copyOf(out, length + more);
    }
}
