// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.mtasts.FetchResult.Fetched;
import org.amrelay.delivery.mtasts.StsResult.Absent;
import org.amrelay.delivery.mtasts.StsResult.Applies;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/**
 * Knows the policies of domains: from memory while they hold, else from the policy host (RFC 8461 §3.3, §5.1).
 *
 * <p>A policy that is kept holds although its record or its host cannot be reached. A failed fetch is not repeated for
 * five minutes, equal fetches are made once, and only so many at a time. Safe for several threads.
 */
public final class StsEvaluator {
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration REMEMBERED_UNUSED = Duration.ofDays(30);
    private static final int MOST_KEPT = 100_000;
    private static final int MOST_FETCHES = 64;

    private record Failure(Failed result, Instant at) {}

    private final Dns dns;
    private final PolicyFetcher fetcher;
    private final StsPolicyStore store;
    private final InstantSource clock;
    private final Map<String, KeptPolicy> kept = new ConcurrentHashMap<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<FetchResult>> running = new ConcurrentHashMap<>();

    /** Blocks until the kept policies have been read. */
    public StsEvaluator(Dns dns, PolicyFetcher fetcher, StsPolicyStore store, InstantSource clock) {
        this.dns = dns;
        this.fetcher = fetcher;
        this.store = store;
        this.clock = clock;
        Instant now = clock.instant();
        store.all().stream().limit(MOST_KEPT).forEach(each -> {
            kept.put(each.domain(), each);
            used.put(each.domain(), now);
        });
    }

    /** The policy of a recipient's domain, A-labels in lower case. */
    public CompletionStage<StsResult> policyOf(String domain) {
        return dns.query("_mta-sts." + domain, RecordType.TXT).thenCompose(answer -> {
            Optional<KeptPolicy> known = known(domain);
            Optional<StsRecord> record = StsRecord.among(answer.records());
            boolean current = known.isPresent()
                    && record.map(found -> found.id().equals(known.get().id())).orElse(true);
            if (current) {
                return CompletableFuture.completedFuture(result(known.get().policy()));
            }
            return record.isEmpty()
                    ? CompletableFuture.completedFuture(new Absent(withoutRecord(answer), Optional.empty()))
                    : fetch(domain, record.get().id())
                            .thenApply(fetched -> known(domain)
                                    .map(policy -> result(policy.policy()))
                                    .orElseGet(() -> absent(fetched)));
        });
    }

    private Optional<KeptPolicy> known(String domain) {
        Instant now = clock.instant();
        Optional<KeptPolicy> valid = Optional.ofNullable(kept.get(domain)).filter(each -> each.isValid(now));
        valid.ifPresent(each -> used.put(domain, now));
        return valid;
    }

    private static String withoutRecord(DnsAnswer<String> answer) {
        return answer.isTemporary() ? "no MTA-STS: " + answer.cause() : "no MTA-STS";
    }

    private static StsResult result(StsPolicy policy) {
        return policy.mode() == StsPolicy.Mode.NONE
                ? new Absent("MTA-STS mode none", Optional.empty())
                : new Applies(policy);
    }

    private static StsResult absent(FetchResult fetched) {
        return fetched instanceof Failed failed
                ? new Absent("MTA-STS policy not to be had: " + failed.cause(), Optional.of(failed.failure()))
                : new Absent("MTA-STS policy expired at once", Optional.empty());
    }

    private CompletableFuture<FetchResult> fetch(String domain, String id) {
        Failure failed = failures.get(domain);
        if (failed != null && clock.instant().isBefore(failed.at().plus(PATIENCE_AFTER_FAILURE))) {
            return CompletableFuture.completedFuture(failed.result());
        }
        if (running.size() >= MOST_FETCHES) {
            return CompletableFuture.completedFuture(
                    new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, "too many policies are fetched at once"));
        }
        CompletableFuture<FetchResult> mine = new CompletableFuture<>();
        CompletableFuture<FetchResult> other = running.putIfAbsent(domain, mine);
        if (other != null) {
            return other;
        }
        var unused = fetcher.fetch(domain).handle((result, error) -> {
            FetchResult outcome = error == null
                    ? result
                    : new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, "the fetch broke off: " + error);
            try {
                take(domain, id, outcome);
            } finally {
                // Whatever happens here, mail to the domain must not wait for it
                running.remove(domain, mine);
                mine.complete(outcome);
            }
            return outcome;
        });
        return mine;
    }

    private void take(String domain, String id, FetchResult result) {
        Instant now = clock.instant();
        if (result instanceof Fetched fetched) {
            failures.remove(domain);
            KeptPolicy policy = new KeptPolicy(domain, id, fetched.policy(), now);
            if (kept.containsKey(domain) || makeRoom()) {
                kept.put(domain, policy);
                used.put(domain, now);
                store.keep(policy);
            }
        } else if (result instanceof Failed failed) {
            failures.values().removeIf(each -> now.isAfter(each.at().plus(PATIENCE_AFTER_FAILURE)));
            if (failures.size() < MOST_KEPT) {
                failures.put(domain, new Failure(failed, now));
            }
        }
    }

    private boolean makeRoom() {
        if (kept.size() >= MOST_KEPT) {
            kept.values().stream()
                    .min(Comparator.comparing(KeptPolicy::expiresAt))
                    .ifPresent(first -> drop(first.domain()));
        }
        return kept.size() < MOST_KEPT;
    }

    private void drop(String domain) {
        kept.remove(domain);
        used.remove(domain);
        store.forget(domain);
    }

    /**
     * Fetches anew what has used up half of its time, and drops what is over; to be called now and then.
     *
     * @param most so many at once
     * @return completes when all have been asked
     */
    public CompletionStage<Void> refresh(int most) {
        Instant now = clock.instant();
        List<CompletableFuture<FetchResult>> fetches = new ArrayList<>();
        for (KeptPolicy policy : List.copyOf(kept.values())) {
            boolean unused = now.isAfter(used.getOrDefault(policy.domain(), now).plus(REMEMBERED_UNUSED));
            if (!policy.isValid(now)) {
                drop(policy.domain());
            } else if (!unused && policy.isDue(now) && fetches.size() < Math.min(most, MOST_FETCHES)) {
                fetches.add(fetch(policy.domain(), policy.id()));
            }
        }
        return CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new));
    }
}
