// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.shaping.Decision;

/**
 * How a site stands, for people who ask why mail is slow.
 *
 * @param at when that was so
 * @param lanes next hops that belong to it, as far as they are known
 * @param waiting deliveries that wait for them
 * @param active deliveries under way
 * @param concurrency how many may be under way
 * @param factor what part of the full rate is used, 1 for all
 * @param ratePerSecond the most that may begin in a second, 0 when nothing limits it
 * @param deliveredPerSecond what was taken in the last ten minutes
 * @param why one sentence, empty text when nothing slows the site
 * @param decisions what was changed, oldest first
 * @param heldParties accounts that are kept back, and until when
 */
public record SiteReport(
        String name,
        Instant at,
        int lanes,
        long waiting,
        int active,
        int concurrency,
        double factor,
        double ratePerSecond,
        double deliveredPerSecond,
        String why,
        Optional<Instant> pausedUntil,
        Optional<Instant> nextRaise,
        List<Decision> decisions,
        Map<String, Instant> heldParties) {

    /** When the last one that waits will be gone at the present rate; empty when there is nothing to tell it by. */
    public Optional<Instant> drained() {
        if (waiting == 0) {
            return Optional.of(at);
        }
        double rate = ratePerSecond > 0 && (deliveredPerSecond == 0 || factor < 1)
                ? Math.min(ratePerSecond, deliveredPerSecond == 0 ? ratePerSecond : Math.max(deliveredPerSecond, 1e-6))
                : deliveredPerSecond;
        if (rate <= 0) {
            return Optional.empty();
        }
        Instant begin = pausedUntil.filter(at::isBefore).orElse(at);
        return Optional.of(begin.plus(Duration.ofMillis((long) Math.min(waiting / rate * 1000, 4e12))));
    }
}
