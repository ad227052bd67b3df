// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Instant;
import java.util.Optional;

/**
 * How many deliveries were begun in the running second, minute, hour and day, against what may be.
 *
 * <p>The windows are those of the clock in UTC, so that a day's cap is the same before and after a restart. For one thread.
 */
final class RateWindows {
    private static final long[] SECONDS = {1, 60, 3600, 86_400};
    private static final String[] NAMES = {"second", "minute", "hour", "day"};
    private static final int DAY = 3;

    /** Why nothing may begin, and until when. */
    record Full(Instant until, String why) {}

    private final SiteLimits limits;
    private final Optional<WarmUp> warmUp;
    private final long[] windows = new long[SECONDS.length];
    private final long[] counts = new long[SECONDS.length];

    RateWindows(SiteLimits limits, Optional<WarmUp> warmUp) {
        this.limits = limits;
        this.warmUp = warmUp;
    }

    void began(Instant now) {
        for (int i = 0; i < SECONDS.length; i++) {
            turn(i, now);
            counts[i]++;
        }
    }

    private void turn(int unit, Instant now) {
        long window = now.getEpochSecond() / SECONDS[unit];
        if (windows[unit] != window) {
            windows[unit] = window;
            counts[unit] = 0;
        }
    }

    /** The longest window that is full; empty when one more may begin. */
    Optional<Full> full(Instant now) {
        for (int i = DAY; i >= 0; i--) {
            turn(i, now);
            long limit = limit(i, now);
            if (limit > 0 && counts[i] >= limit) {
                return Optional.of(new Full(Instant.ofEpochSecond((windows[i] + 1) * SECONDS[i]), why(i, limit, now)));
            }
        }
        return Optional.empty();
    }

    private long limit(int unit, Instant now) {
        return switch (unit) {
            case 0 -> limits.perSecond();
            case 1 -> limits.perMinute();
            case 2 -> limits.perHour();
            default -> {
                long cap = warmUp.map(plan -> plan.cap(now)).orElse(0L);
                yield limits.perDay() == 0 ? cap : cap == 0 ? limits.perDay() : Math.min(cap, limits.perDay());
            }
        };
    }

    private String why(int unit, long limit, Instant now) {
        int day = unit == DAY ? warmUp.map(plan -> plan.day(now)).orElse(0) : 0;
        boolean isWarmUp = day > 0 && limit == warmUp.orElseThrow().cap(now);
        return limit + " a " + NAMES[unit] + " are reached"
                + (isWarmUp
                        ? ", day " + day + " of the warm-up of "
                                + warmUp.orElseThrow().source()
                        : "");
    }

    /** The running day, and how many were begun in it. */
    String remembered() {
        return windows[DAY] + " " + counts[DAY];
    }

    void remember(String text) {
        String[] words = text.split(" ", -1);
        windows[DAY] = Long.parseLong(words[0]);
        counts[DAY] = Long.parseLong(words[1]);
    }
}
