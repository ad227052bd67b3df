// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was just written and will be wanted at once, so that it is not read from the disk; limited in bytes, the oldest goes
 * first.
 *
 * <p>Safe for several threads.
 */
final class Fresh<T> {
    private record Kept<T>(T value, long bytes) {}

    private static final long OVERHEAD = 1_000;

    private final long limit;
    private final Map<Long, Kept<T>> kept = new LinkedHashMap<>();
    private long bytes;

    Fresh(long limit) {
        this.limit = limit;
    }

    synchronized void put(long id, T value, long contentBytes) {
        long weight = contentBytes + OVERHEAD;
        if (weight > limit) {
            return;
        }
        remove(id);
        kept.put(id, new Kept<>(value, weight));
        bytes += weight;
        Iterator<Kept<T>> oldest = kept.values().iterator();
        while (bytes > limit) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    synchronized Optional<T> remove(long id) {
        Kept<T> found = kept.remove(id);
        if (found == null) {
            return Optional.empty();
        }
        bytes -= found.bytes();
        return Optional.of(found.value());
    }
}
