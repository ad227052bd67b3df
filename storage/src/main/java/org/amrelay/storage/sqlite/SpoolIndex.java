// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which items of which queue are due next, in memory: 16 bytes an item.
 *
 * <p>Safe for several threads. Entries may be out of date (removed, taken, or later than they say), so whoever takes one
 * looks at the item; entries are never missing.
 */
final class SpoolIndex {
    private static final int PRIORITY_BITS = 4;
    private static final long HIGHEST = 9;

    private static final class Queue {
        private final LongHeap ready = new LongHeap();
        private final LongHeap delayed = new LongHeap();
        private long size;
    }

    private final Map<String, Queue> queues = new HashMap<>();

    private Queue queue(String name) {
        return queues.computeIfAbsent(name, missing -> new Queue());
    }

    /** A new item. */
    synchronized void came(String name, long id, int priority, long notBefore) {
        queue(name).size++;
        waits(name, id, priority, notBefore);
    }

    /** An item that can be taken again, or at another time. */
    synchronized void waits(String name, long id, int priority, long notBefore) {
        queue(name).delayed.add(notBefore, id << PRIORITY_BITS | priority);
    }

    /** An item that is no more. */
    synchronized void went(String name) {
        queue(name).size--;
    }

    /** Takes the entry that is due with the highest priority, the lowest id among equals. */
    synchronized OptionalLong poll(String name, long now) {
        Queue queue = queues.get(name);
        if (queue == null) {
            return OptionalLong.empty();
        }
        promote(queue, now);
        if (queue.ready.isEmpty()) {
            return OptionalLong.empty();
        }
        long id = queue.ready.firstId();
        queue.ready.removeFirst();
        return OptionalLong.of(id);
    }

    private static void promote(Queue queue, long now) {
        while (!queue.delayed.isEmpty() && queue.delayed.firstOrder() <= now) {
            long entry = queue.delayed.firstId();
            queue.delayed.removeFirst();
            long priority = entry & ((1 << PRIORITY_BITS) - 1);
            queue.ready.add(HIGHEST - priority, entry >> PRIORITY_BITS);
        }
    }

    /** All delayed entries are due. */
    synchronized void flush(String name) {
        promote(queue(name), Long.MAX_VALUE);
    }

    /** When the first entry is due, in milliseconds; 0 for at once. */
    synchronized Optional<Long> nextDueAt(String name) {
        Queue queue = queues.get(name);
        if (queue == null || (queue.ready.isEmpty() && queue.delayed.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(queue.ready.isEmpty() ? queue.delayed.firstOrder() : 0L);
    }

    synchronized long size(String name) {
        Queue queue = queues.get(name);
        return queue == null ? 0 : queue.size;
    }

    synchronized List<String> names() {
        return queues.keySet().stream().sorted().toList();
    }
}
