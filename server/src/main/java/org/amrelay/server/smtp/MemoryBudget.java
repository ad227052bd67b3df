// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all messages being received may use together; what does not fit goes to a file.
 *
 * <p>Safe for several threads, does not block.
 */
final class MemoryBudget {
    private final AtomicLong free;

    /** @param bytes at least 0 */
    MemoryBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    boolean reserve(long bytes) {
        long before;
        do {
            before = free.get();
            if (before < bytes) {
                return false;
            }
        } while (!free.compareAndSet(before, before - bytes));
        return true;
    }

    void release(long bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
