// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.junit.jupiter.api.Test;

class BudgetedDnsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    private static Dns never() {
        return new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                return new CompletableFuture<>();
            }
        };
    }

    @Test
    void givesAnswersOnAsTheyAre() {
        Dns dns = new BudgetedDns(Zone.of("a.example A 192.0.2.1"), Duration.ofSeconds(1), clock);
        assertThat(dns.ipv4("a.example").toCompletableFuture().join().isFound()).isTrue();
        now.set(Instant.EPOCH.plusSeconds(5));
        // What is known already needs no time
        assertThat(dns.ipv4("a.example").toCompletableFuture().join().isFound()).isTrue();
    }

    @Test
    void endsWaitingWhenTheTimeIsOver() throws Exception {
        Dns dns = new BudgetedDns(never(), Duration.ofMillis(20), clock);
        DnsAnswer<?> answer = dns.ipv4("a.example").toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(Status.TIME_OUT);
        assertThat(answer.cause()).contains("a.example A").contains("no time is left");
    }

    @Test
    void waitsForNothingAfterwards() {
        Dns dns = new BudgetedDns(never(), Duration.ofHours(1), clock);
        now.set(Instant.EPOCH.plusSeconds(3600));
        assertThat(dns.ipv4("a.example").toCompletableFuture())
                .isCompletedWithValueMatching(answer -> answer.status() == Status.TIME_OUT);
    }
}
