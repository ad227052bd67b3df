// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that came from the client and are not looked at yet, in the pieces in which they came. For one thread. */
final class InputQueue {
    /** From here on the connection stops reading; what is under way adds at most one more read. */
    private static final int FULL = 64 * 1024;

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int position;
    private int size;

    void add(byte[] piece) {
        if (piece.length > 0) {
            pieces.addLast(piece);
            size += piece.length;
        }
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean isFull() {
        return size >= FULL;
    }

    byte[] piece() {
        return pieces.getFirst();
    }

    int position() {
        return position;
    }

    /** Takes the first piece up to a position. */
    void takeTo(int newPosition) {
        size -= newPosition - position;
        position = newPosition;
        if (position == piece().length) {
            pieces.removeFirst();
            position = 0;
        }
    }

    void clear() {
        pieces.clear();
        position = 0;
        size = 0;
    }
}
