// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.greylist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.mail.address.Network;
import org.junit.jupiter.api.Test;

class GreylistTest {
    private static final class MemoryStore implements GreylistStore {
        private final Map<String, GreylistEntry> kept = new HashMap<>();

        @Override
        public CompletionStage<GreylistEntry> update(
                String key, Function<Optional<GreylistEntry>, GreylistEntry> change, Instant forgetBefore) {
            kept.put(key, change.apply(Optional.ofNullable(kept.get(key))));
            return CompletableFuture.completedFuture(kept.get(key));
        }

        @Override
        public CompletionStage<Optional<GreylistEntry>> find(String key) {
            return CompletableFuture.completedFuture(Optional.ofNullable(kept.get(key)));
        }
    }

    private final Greylist greylist = new Greylist(
            new MemoryStore(),
            new GreylistSettings(Duration.ofMinutes(5), Duration.ofDays(2), Duration.ofDays(36), 24, 64, 3));
    private Instant now = Instant.EPOCH;

    private Optional<Duration> comes(String client, String recipient, Duration later) {
        now = now.plus(later);
        return greylist.meet(
                        Network.literal(client).orElseThrow(),
                        "Joe@example.com",
                        List.of(recipient, "ann@b.example"),
                        now)
                .toCompletableFuture()
                .join();
    }

    @Test
    void letsThoseInWhoComeBack() {
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ZERO)).contains(Duration.ofMinutes(5));
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ofMinutes(2))).contains(Duration.ofMinutes(3));
        // Large senders come back from a neighbour of the first address
        assertThat(comes("192.0.2.77", "BOB@b.example", Duration.ofMinutes(3))).isEmpty();
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ofDays(30))).isEmpty();
    }

    @Test
    void knowsNobodyElse() {
        comes("192.0.2.1", "bob@b.example", Duration.ZERO);
        assertThat(comes("192.0.3.1", "bob@b.example", Duration.ofMinutes(6))).isPresent();
        assertThat(comes("192.0.2.1", "eve@b.example", Duration.ZERO)).isPresent();
        assertThat(comes("2001:db8::1", "bob@b.example", Duration.ZERO)).isPresent();
    }

    @Test
    void startsAgainWhenItWasTooLateOrForgotten() {
        comes("192.0.2.1", "bob@b.example", Duration.ZERO);
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ofDays(3))).contains(Duration.ofMinutes(5));
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ofMinutes(5))).isEmpty();
        assertThat(comes("192.0.2.1", "bob@b.example", Duration.ofDays(37))).isPresent();
    }

    @Test
    void trustsANetworkThatCameBackOftenEnough() {
        for (String recipient : List.of("one@b.example", "two@b.example", "three@b.example")) {
            assertThat(comes("192.0.2.1", recipient, Duration.ZERO)).isPresent();
            assertThat(comes("192.0.2.1", recipient, Duration.ofMinutes(5))).isEmpty();
        }
        assertThat(comes("192.0.2.9", "four@b.example", Duration.ZERO)).isEmpty();
        assertThat(comes("192.0.3.9", "four@b.example", Duration.ZERO)).isPresent();
        assertThat(comes("192.0.2.9", "five@b.example", Duration.ofDays(37))).isPresent();
    }

    @Test
    void refusesRulesThatNobodyCanFollow() {
        assertThatThrownBy(() ->
                        new GreylistSettings(Duration.ofDays(2), Duration.ofDays(1), Duration.ofDays(36), 24, 64, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
