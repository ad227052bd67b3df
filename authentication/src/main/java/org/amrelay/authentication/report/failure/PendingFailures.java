// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Failures of which somebody is to be told, in memory until they are taken; what is not taken when the process dies is not
 * told.
 *
 * <p>Messages that went wrong in the same way are one report with a count (RFC 9991 §2). A domain gets at most {@value
 * #MOST_OF_DOMAIN} reports a day and all domains together {@value #MOST_OF_DAY}; at most {@value #MOST_WAITING} wait. What is
 * beyond that is dropped. Safe for several threads, never waits.
 */
public final class PendingFailures {
    private static final int MOST_OF_DOMAIN = 20;
    private static final int MOST_OF_DAY = 500;
    private static final int MOST_WAITING = 200;
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    /** @param incidents how many messages it stands for */
    public record Pending(FailedMessage first, long incidents) {}

    private final InstantSource clock;
    private final Map<String, Pending> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> ofDomains = new HashMap<>();
    private long day;
    private int ofDay;
    private long dropped;

    public PendingFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a failure in, or drops it. */
    public synchronized void add(FailedMessage failed) {
        startDay();
        String path = failed.path();
        Pending known = waiting.get(path);
        if (known != null) {
            waiting.put(path, new Pending(known.first(), known.incidents() + 1));
        } else if (waiting.size() < MOST_WAITING
                && ofDay < MOST_OF_DAY
                && ofDomains.getOrDefault(failed.domain(), 0) < MOST_OF_DOMAIN) {
            waiting.put(path, new Pending(failed, 1));
            ofDomains.merge(failed.domain(), 1, Integer::sum);
            ofDay++;
        } else {
            dropped++;
        }
    }

    private void startDay() {
        long today = clock.instant().getEpochSecond() / SECONDS_OF_A_DAY;
        if (today != day) {
            day = today;
            ofDay = 0;
            ofDomains.clear();
        }
    }

    /** Hands out what waits, oldest first, and forgets it. */
    public synchronized List<Pending> take() {
        List<Pending> all = new ArrayList<>(waiting.values());
        waiting.clear();
        return all;
    }

    /** How many were dropped since the last call. */
    public synchronized long dropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }
}
