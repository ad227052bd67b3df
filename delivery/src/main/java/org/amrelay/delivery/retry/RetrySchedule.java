// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.queue.QueuedDelivery;

/**
 * The times between attempts.
 *
 * <p>Immutable.
 *
 * @param delays after the first attempt, the second and so on; the last one repeats; at least one
 * @param jitter each delay is spread by this fraction to both sides so that lanes do not beat in time, 0 to 0.5
 * @param expiry how long after acceptance the relay gives up; RFC 5321 wants 4 to 5 days
 * @param delayNotice how long after acceptance the sender is told of a delay
 */
public record RetrySchedule(List<Duration> delays, double jitter, Duration expiry, Duration delayNotice) {
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(d -> d.isNegative() || d.isZero())) {
            throw new IllegalArgumentException("a schedule needs delays, all of them above zero");
        }
        if (!(jitter >= 0 && jitter <= 0.5)) {
            throw new IllegalArgumentException("the jitter is 0 to 0.5, not " + jitter);
        }
    }

    /** 5 min, 10, 20, 40, 1 h, 2 h, then every 4 h; 20 % jitter; 5 days; notice after 4 h. */
    public static RetrySchedule standard() {
        return new RetrySchedule(
                List.of(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(40),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4)),
                0.2,
                Duration.ofDays(5),
                Duration.ofHours(4));
    }

    /**
     * When to try again. Not after {@code expiresAt}, so that the last attempt falls on the day of giving up.
     *
     * @param attempts how many have ended, 1 or more
     */
    public Instant nextAttempt(int attempts, Instant now, Instant expiresAt, RandomGenerator random) {
        Duration delay = delays.get(Math.min(attempts, delays.size()) - 1);
        double spread = 1 + jitter * (2 * random.nextDouble() - 1);
        Instant next = now.plusMillis(Math.max(1, (long) (delay.toMillis() * spread)));
        return next.isAfter(expiresAt) && now.isBefore(expiresAt) ? expiresAt : next;
    }

    /** The delivery with this schedule's expiry, when that is the earlier one. */
    public QueuedDelivery limit(QueuedDelivery delivery) {
        Instant own = delivery.acceptedAt().plus(expiry);
        return own.isBefore(delivery.expiresAt()) ? delivery.expiringAt(own) : delivery;
    }
}
