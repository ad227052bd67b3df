// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.dane.DaneEvaluator;
import org.amrelay.delivery.mtasts.StsEvaluator;
import org.amrelay.delivery.mtasts.StsResult;
import org.amrelay.delivery.mtasts.StsResult.Absent;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.delivery.tlsreport.TlsRecorder;

/**
 * Puts the exceptions of the settings, the route's policy, DANE and MTA-STS together.
 *
 * <p>An exception for the domain wins over the route. {@code NONE}, {@code VERIFIED} and {@code FINGERPRINT} are final;
 * with the others signed records of a host come first, and without them the domain's MTA-STS policy, which therefore
 * never overrides DANE (RFC 8461 §2). Safe for several threads.
 */
public final class TlsPolicyEvaluator implements TlsAdviser {
    /**
     * What the evaluator asks.
     *
     * @param sts empty when MTA-STS is not to be honoured
     */
    public record Sources(
            DaneEvaluator dane, Optional<StsEvaluator> sts, WebPki webPki, TlsRecorder recorder, InstantSource clock) {}

    private final TlsPolicySettings settings;
    private final Sources sources;

    public TlsPolicyEvaluator(TlsPolicySettings settings, Sources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    @Override
    public CompletionStage<DestinationTls> advise(Destination destination) {
        Optional<DomainTls> exception = settings.exceptionFor(destination.domain());
        DomainTls policy = exception.orElseGet(() -> ofRoute(destination));
        String origin = exception.isPresent() ? "by the exception for " + destination.domain() : "by the route";
        boolean asksSts = destination.byMx()
                && (policy.policy() == TlsPolicy.OPPORTUNISTIC || policy.policy() == TlsPolicy.REQUIRED);
        return (asksSts ? stsOf(destination.domain()) : withoutSts())
                .thenApply(sts -> new HostAdvice(destination, policy, origin, settings.dane(), sts, sources));
    }

    private static DomainTls ofRoute(Destination destination) {
        return new DomainTls(destination.policy(), destination.fingerprints(), List.of());
    }

    private CompletionStage<StsResult> stsOf(String domain) {
        return sources.sts()
                .filter(each -> settings.mtaSts())
                .map(each -> each.policyOf(domain))
                .orElseGet(TlsPolicyEvaluator::withoutSts);
    }

    private static CompletionStage<StsResult> withoutSts() {
        return CompletableFuture.completedFuture(new Absent("", Optional.empty()));
    }
}
