// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RetryScheduleProperties {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private final RetrySchedule schedule = RetrySchedule.standard();

    @Property(seed = "1")
    void liesAheadAndNotBeyondTheEnd(
            @ForAll @IntRange(min = 1, max = 100) int attempts,
            @ForAll @IntRange(min = 1, max = 500_000) int secondsLeft,
            @ForAll long seed) {
        Instant end = NOW.plusSeconds(secondsLeft);
        assertThat(schedule.nextAttempt(attempts, NOW, end, new Random(seed)))
                .isAfter(NOW)
                .isBeforeOrEqualTo(end);
    }

    @Property(seed = "1")
    void staysWithinTheJitter(@ForAll @IntRange(min = 1, max = 100) int attempts, @ForAll long seed) {
        Duration delay =
                schedule.delays().get(Math.min(attempts, schedule.delays().size()) - 1);
        Instant next = schedule.nextAttempt(attempts, NOW, NOW.plus(Duration.ofDays(5)), new Random(seed));
        assertThat(Duration.between(NOW, next).toMillis())
                .isBetween((long) (delay.toMillis() * 0.79), (long) (delay.toMillis() * 1.21));
    }

    @Example
    void refusesASenselessSchedule() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(), 0.1, Duration.ofDays(5), Duration.ofHours(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new RetrySchedule(List.of(Duration.ofMinutes(1)), 0.9, Duration.ofDays(5), Duration.ofHours(4)))
                .hasMessageContaining("0 to 0.5");
    }
}
