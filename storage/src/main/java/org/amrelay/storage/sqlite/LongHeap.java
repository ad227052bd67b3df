// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.Arrays;

/**
 * Ids ordered by a number, smallest first, equal numbers by id; 16 bytes each, so that a million waits in 16 MB.
 *
 * <p>Not safe for several threads.
 */
final class LongHeap {
    private long[] cells = new long[4];
    private int size;

    void add(long order, long id) {
        if (2 * size == cells.length) {
            cells = Arrays.copyOf(cells, cells.length + Math.max(4, cells.length / 2 & ~1));
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBefore(order, id, parent)) {
                break;
            }
            set(at, cells[2 * parent], cells[2 * parent + 1]);
            at = parent;
        }
        set(at, order, id);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The number of the first; there must be one. */
    long firstOrder() {
        return cells[0];
    }

    /** The id of the first; there must be one. */
    long firstId() {
        return cells[1];
    }

    /** Takes the first away; there must be one. */
    void removeFirst() {
        size--;
        long order = cells[2 * size];
        long id = cells[2 * size + 1];
        sink(order, id);
        if (cells.length > 64 && size < cells.length / 8) {
            cells = Arrays.copyOf(cells, cells.length / 2 & ~1);
        }
    }

    private void sink(long order, long id) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(cells[2 * child + 2], cells[2 * child + 3], child)) {
                child++;
            }
            if (!isBefore(cells[2 * child], cells[2 * child + 1], order, id)) {
                break;
            }
            set(at, cells[2 * child], cells[2 * child + 1]);
            at = child;
        }
        set(at, order, id);
    }

    private boolean isBefore(long order, long id, int cell) {
        return isBefore(order, id, cells[2 * cell], cells[2 * cell + 1]);
    }

    private static boolean isBefore(long order, long id, long otherOrder, long otherId) {
        return order < otherOrder || (order == otherOrder && id < otherId);
    }

    private void set(int cell, long order, long id) {
        cells[2 * cell] = order;
        cells[2 * cell + 1] = id;
    }
}
