// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.amrelay.authentication.report.ReportStore.Counted;

/**
 * Counts verdicts in memory until somebody writes them away; what is not written when the process dies is not reported.
 *
 * <p>Holds at most 20,000 different rows; further ones are left out. Safe for several threads.
 */
public final class VerdictCounts implements VerdictLog {
    private static final int MOST_ROWS = 20_000;
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    private final InstantSource clock;
    private final Map<Counted, Long> counts = new HashMap<>();
    private long leftOut;

    public VerdictCounts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void record(Observation observation, Disposition disposition) {
        add(new Counted(clock.instant().getEpochSecond() / SECONDS_OF_A_DAY, observation, disposition), 1);
    }

    private synchronized void add(Counted key, long messages) {
        if (counts.size() >= MOST_ROWS && !counts.containsKey(key)) {
            leftOut += messages;
        } else {
            counts.merge(key, messages, Long::sum);
        }
    }

    /**
     * Writes what has come; when the store fails, it is kept for the next time.
     *
     * @return how many messages had to be left out since the last time
     */
    public long writeTo(ReportStore store) {
        Map<Counted, Long> taken;
        long left;
        synchronized (this) {
            taken = Map.copyOf(counts);
            counts.clear();
            left = leftOut;
            leftOut = 0;
        }
        boolean written = false;
        try {
            if (!taken.isEmpty()) {
                store.count(taken);
            }
            written = true;
        } finally {
            if (!written) {
                taken.forEach(this::add);
            }
        }
        return left;
    }
}
