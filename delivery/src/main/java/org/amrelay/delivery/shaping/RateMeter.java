// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Instant;

/** Counts events of the last ten minutes, minute by minute. For one thread. */
final class RateMeter {
    private static final int MINUTES = 10;

    private final long[] minutes = new long[MINUTES];
    private final long[] counts = new long[MINUTES];
    private long first = Long.MAX_VALUE;

    void count(Instant now) {
        long minute = now.getEpochSecond() / 60;
        int slot = (int) Math.floorMod(minute, (long) MINUTES);
        if (minutes[slot] != minute) {
            minutes[slot] = minute;
            counts[slot] = 0;
        }
        counts[slot]++;
        first = Math.min(first, now.getEpochSecond());
    }

    /** Events a second since the first one, of the last ten minutes at most; 0 when there was none. */
    double perSecond(Instant now) {
        long minute = now.getEpochSecond() / 60;
        long sum = 0;
        for (int i = 0; i < MINUTES; i++) {
            if (minute - minutes[i] < MINUTES) {
                sum += counts[i];
            }
        }
        long begin = Math.max(first, (minute - MINUTES + 1) * 60);
        return sum == 0 ? 0 : sum / (double) Math.max(1, now.getEpochSecond() - begin);
    }
}
