// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many recipients an account writes to under one author's domain, over the last hour or so: two windows, of which the older
 * one counts as much as is left of it.
 *
 * <p>Safe for several threads; keeps the {@value #MOST} pairs that were heard of last.
 */
final class Campaigns {
    private static final int MOST = 20_000;

    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST;
        }
    };

    /** Mutable, guarded by the campaigns. */
    private static final class Count {
        private Instant begin;
        private long before;
        private long now;
        private Instant told = Instant.MIN;

        Count(Instant begin) {
            this.begin = begin;
        }
    }

    /**
     * A campaign.
     *
     * @param recipients roughly how many there were within the window
     * @param isNew whether nobody was told of it within the last day
     */
    record Campaign(long recipients, boolean isNew) {}

    /** Counts a message; the campaign that it belongs to when it belongs to one. */
    synchronized Optional<Campaign> count(
            CampaignSettings settings, String account, String authorDomain, int recipients, Instant now) {
        Duration window = settings.window();
        Count count = counts.computeIfAbsent(account + ' ' + authorDomain, pair -> new Count(now));
        forget(count, window, now);
        count.now += recipients;
        double left = 1 - (double) Duration.between(count.begin, now).toMillis() / window.toMillis();
        long all = count.now + Math.round(count.before * Math.max(0, Math.min(1, left)));
        return all < settings.recipients()
                ? Optional.empty()
                : Optional.of(new Campaign(all, !now.isBefore(count.told.plus(Duration.ofDays(1)))));
    }

    /** Notes that somebody was told. */
    synchronized void told(String account, String authorDomain, Instant now) {
        Count count = counts.get(account + ' ' + authorDomain);
        if (count != null) {
            count.told = now;
        }
    }

    private static void forget(Count count, Duration window, Instant now) {
        long windows = Duration.between(count.begin, now).toMillis() / window.toMillis();
        if (windows < 0) {
            // The clock was set back
            count.begin = now;
        } else if (windows > 0) {
            count.before = windows == 1 ? count.now : 0;
            count.now = 0;
            count.begin = count.begin.plus(window.multipliedBy(windows));
        }
    }
}
