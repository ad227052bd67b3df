// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class QuarantineKeeperTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final EmailAddress ANN = EmailAddress.of("ann@ours.example");
    private static final EmailAddress BEN = EmailAddress.of("ben@ours.example");

    private final MovableClock clock = MemoryQuarantine.clockAt(NOW);
    private final MemoryQuarantine memory = new MemoryQuarantine(clock);

    private QuarantineKeeper keeper(long total, long each) {
        return new QuarantineKeeper(memory.stores(), new QuarantineLimits(total, each), clock);
    }

    @Test
    void throwsAwayWhatIsTooOldAndForgetsItInTheEnd() {
        memory.add(1, 10, NOW.plus(Duration.ofDays(1)), ANN);
        memory.add(2, 10, NOW.plus(Duration.ofDays(2)), ANN);

        assertThat(keeper(100, 100).round().all()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(keeper(100, 100).round()).isEqualTo(new QuarantineKeeper.Round(1, 0, 0));
        assertThat(memory.expired).containsExactly("1 for ann@ours.example by its retention");
        assertThat(memory.keptIds()).containsExactly(2L);
    }

    @Test
    void theOldestGoWhenThereIsTooMuch() {
        memory.add(1, 40, NOW.plus(Duration.ofDays(9)), ANN);
        memory.add(2, 40, NOW.plus(Duration.ofDays(9)), BEN);
        memory.add(3, 40, NOW.plus(Duration.ofDays(9)), ANN);

        assertThat(keeper(80, 1000).round()).isEqualTo(new QuarantineKeeper.Round(0, 1, 0));
        assertThat(memory.keptIds()).containsExactly(2L, 3L);
        assertThat(keeper(80, 1000).round().all()).isZero();
    }

    @Test
    void aRecipientWithTooMuchLosesHisOldestAndNobodyElseDoes() {
        memory.add(1, 40, NOW.plus(Duration.ofDays(9)), ANN, BEN);
        memory.add(2, 40, NOW.plus(Duration.ofDays(9)), ANN);
        memory.add(3, 40, NOW.plus(Duration.ofDays(9)), ANN);

        assertThat(keeper(1000, 80).round()).isEqualTo(new QuarantineKeeper.Round(0, 0, 1));
        assertThat(memory.expired).containsExactly("1 for ann@ours.example by the limit of the recipient");
        assertThat(memory.keptFor(BEN, 9)).hasSize(1);
    }
}
