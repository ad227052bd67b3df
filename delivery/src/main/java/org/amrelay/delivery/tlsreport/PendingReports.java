// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Which addresses have had the report of a domain and day, and when the others are tried again (RFC 8460 §5.5).
 *
 * <p>The waits double from half an hour; after 24 hours an address has had its chances. Lives in memory: after a restart
 * an address may get a report again, under the same identifier. For one thread.
 */
final class PendingReports {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final int MOST = 10_000;

    private record Key(LocalDate day, String domain, String address) {}

    /** @param pause before the next try */
    private record Attempt(Instant first, Instant next, Duration pause, boolean over) {}

    private final Map<Key, Attempt> attempts = new HashMap<>();
    private final InstantSource clock;

    PendingReports(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the address needs nothing more. */
    boolean isOver(LocalDate day, String domain, String address) {
        Attempt last = attempts.get(new Key(day, domain, address));
        return last != null && last.over();
    }

    /** Whether it is time to try. */
    boolean isDue(LocalDate day, String domain, String address) {
        Attempt last = attempts.get(new Key(day, domain, address));
        return last == null || !last.over() && !clock.instant().isBefore(last.next());
    }

    /** It has the report, or never gets it. */
    void done(LocalDate day, String domain, String address) {
        Instant now = clock.instant();
        attempts.put(new Key(day, domain, address), new Attempt(now, now, FIRST_WAIT, true));
    }

    /** @return whether there will be another try */
    boolean failed(LocalDate day, String domain, String address) {
        Instant now = clock.instant();
        Key key = new Key(day, domain, address);
        Attempt last = attempts.getOrDefault(key, new Attempt(now, now, FIRST_WAIT, false));
        boolean over = now.plus(last.pause()).isAfter(last.first().plus(PATIENCE)) || attempts.size() >= MOST;
        attempts.put(
                key,
                new Attempt(last.first(), now.plus(last.pause()), last.pause().multipliedBy(2), over));
        return !over;
    }

    /** The day's report of the domain is settled. */
    void forget(LocalDate day, String domain) {
        attempts.keySet().removeIf(key -> key.day().equals(day) && key.domain().equals(domain));
    }
}
