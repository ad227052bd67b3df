// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found in what, for a while and for the same signatures only. Bounded; safe for several threads.
 */
final class ScanCache {
    private final int most;
    private final Duration holds;
    private final Clock clock;
    private final Map<String, Entry> entries;
    private String generation = "";

    private record Entry(ScanResult result, Instant until) {}

    ScanCache(int most, Duration holds, Clock clock) {
        this.most = most;
        this.holds = holds;
        this.clock = clock;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > ScanCache.this.most;
            }
        };
    }

    /** Other signatures may find more, and what was found may have been a false alarm. */
    synchronized void signaturesAre(String now) {
        if (!now.equals(generation)) {
            generation = now;
            entries.clear();
        }
    }

    /** Which signatures an answer given from now on comes from. */
    synchronized String generation() {
        return generation;
    }

    synchronized Optional<ScanResult> find(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> clock.instant().isBefore(entry.until()))
                .map(Entry::result);
    }

    /** @param asked the generation when the question was asked */
    synchronized void keep(String key, ScanResult result, String asked) {
        // What is infected is scanned again: a false alarm must not spread to mail that only looks alike
        if (result instanceof ScanResult.Clean && asked.equals(generation) && most > 0) {
            entries.put(key, new Entry(result, clock.instant().plus(holds)));
        }
    }
}
