// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.mail.dns.DnsAnswer.Status;

/**
 * The look-ups of one message, which together may take so long and no longer.
 *
 * <p>When the time is over every question that has no answer yet, and each new one that is not in a cache, is answered
 * with a time-out. The look-up itself goes on, so that the next message finds its answer. Safe for several threads.
 */
public final class BudgetedDns implements Dns {
    private final Dns dns;
    private final InstantSource clock;
    private final Instant deadline;

    /** Starts the time now. */
    public BudgetedDns(Dns dns, Duration budget, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
        this.deadline = clock.instant().plus(budget);
    }

    @Override
    public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
        CompletableFuture<DnsAnswer<T>> asked = dns.query(name, type).toCompletableFuture();
        if (asked.isDone()) {
            return asked;
        }
        DnsAnswer<T> tooLate = DnsAnswer.failure(Status.TIME_OUT, name + " " + type + ": no time is left");
        long left = Duration.between(clock.instant(), deadline).toMillis();
        return left <= 0
                ? CompletableFuture.completedFuture(tooLate)
                : asked.copy().completeOnTimeout(tooLate, left, TimeUnit.MILLISECONDS);
    }
}
