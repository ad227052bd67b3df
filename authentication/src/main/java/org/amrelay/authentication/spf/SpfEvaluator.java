// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.authentication.spf.SpfResult.Status;
import org.amrelay.mail.dns.Dns;

/**
 * Answers whether a client may use a domain: check_host() (RFC 7208 §4).
 *
 * <p>The stage completes normally with one of the seven results, after 20 s at the latest (RFC 7208 §4.6.4). Blocks
 * nowhere; continues on threads of the {@link Dns}. Safe for several threads.
 */
public final class SpfEvaluator {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Dns dns;
    private final String receiver;
    private final InstantSource clock;

    /**
     * An evaluator for all queries.
     *
     * @param receiver the name of this host, which explanations may show
     */
    public SpfEvaluator(Dns dns, String receiver, InstantSource clock) {
        this.dns = dns;
        this.receiver = receiver;
        this.clock = clock;
    }

    public CompletionStage<SpfResult> evaluate(SpfQuery query) {
        CompletableFuture<SpfResult> result =
                new SpfCheck(dns, query, receiver, clock.instant()).check().toCompletableFuture();
        return result.isDone()
                ? result
                : result.copy()
                        .completeOnTimeout(
                                new SpfResult(Status.TEMPERROR, query, "took too long", Optional.empty()),
                                LONGEST.toSeconds(),
                                TimeUnit.SECONDS);
    }
}
