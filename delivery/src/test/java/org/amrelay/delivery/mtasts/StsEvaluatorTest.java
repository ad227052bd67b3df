// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.lane.VirtualClock;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.mtasts.FetchResult.Fetched;
import org.amrelay.delivery.mtasts.StsPolicy.Mode;
import org.amrelay.delivery.mtasts.StsResult.Absent;
import org.amrelay.delivery.mtasts.StsResult.Applies;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;

class StsEvaluatorTest {
    private static final StsPolicy ENFORCE = new StsPolicy(Mode.ENFORCE, List.of("mx.a.example"), Duration.ofDays(1));

    private final VirtualClock clock = new VirtualClock();
    private final Map<String, KeptPolicy> kept = new HashMap<>();
    private final List<String> fetches = new ArrayList<>();
    private String record = "_mta-sts.a.example TXT \"v=STSv1; id=1\"";
    private FetchResult answer = new Fetched(ENFORCE);
    private StsEvaluator evaluator = evaluator();

    @Test
    void fetchesOnceAndUsesThePolicyWhileItHolds() {
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
        clock.advance(Duration.ofHours(23));
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
        assertThat(fetches).containsExactly("a.example");
        clock.advance(Duration.ofHours(2));
        policy();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void fetchesNothingWithoutARecord() {
        record = "a.example TXT x";
        assertThat(policy()).isInstanceOf(Absent.class);
        assertThat(fetches).isEmpty();
    }

    // RFC 8461 §5.1, §10.2: who blocks DNS or the policy host gains nothing
    @Test
    void holdsOnToAPolicyWhoseRecordOrHostIsGone() {
        policy();
        for (String other : List.of("; SERVFAIL a.example", "; TIMEOUT a.example", "a.example TXT x")) {
            record = other;
            assertThat(policy()).isEqualTo(new Applies(ENFORCE));
        }
        record = "_mta-sts.a.example TXT \"v=STSv1; id=2\"";
        answer = new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, "gone");
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
    }

    @Test
    void remembersOverARestart() {
        policy();
        record = "; SERVFAIL a.example";
        answer = new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, "gone");
        evaluator = evaluator();
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
        assertThat(fetches).hasSize(1);
        clock.advance(Duration.ofDays(2));
        assertThat(policy()).isInstanceOf(Absent.class);
    }

    @Test
    void takesANewPolicyWhenTheIdChanges() {
        policy();
        record = "_mta-sts.a.example TXT \"v=STSv1; id=2\"";
        StsPolicy testing = new StsPolicy(Mode.TESTING, List.of("other.example"), Duration.ofDays(1));
        answer = new Fetched(testing);
        assertThat(policy()).isEqualTo(new Applies(testing));
        assertThat(kept.get("a.example").id()).isEqualTo("2");
        answer = new Fetched(new StsPolicy(Mode.NONE, List.of(), Duration.ofDays(1)));
        record = "_mta-sts.a.example TXT \"v=STSv1; id=3\"";
        assertThat(policy()).isInstanceOf(Absent.class);
    }

    @Test
    void waitsAfterAFailedFetch() {
        answer = new Failed(TlsFailure.STS_WEBPKI_INVALID, "wrong name");
        assertThat(policy())
                .isEqualTo(new Absent(
                        "MTA-STS policy not to be had: wrong name",
                        java.util.Optional.of(TlsFailure.STS_WEBPKI_INVALID)));
        policy();
        assertThat(fetches).hasSize(1);
        clock.advance(Duration.ofMinutes(6));
        answer = new Fetched(ENFORCE);
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
    }

    @Test
    void asksOnceForManyAtTheSameTime() {
        CompletableFuture<FetchResult> slow = new CompletableFuture<>();
        StsEvaluator waiting = new StsEvaluator(
                dns(),
                domain -> {
                    fetches.add(domain);
                    return slow;
                },
                StsPolicyStore.none(),
                clock);
        List<CompletableFuture<StsResult>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            results.add(waiting.policyOf("a.example").toCompletableFuture());
        }
        assertThat(fetches).hasSize(1);
        slow.complete(new Fetched(ENFORCE));
        assertThat(results).allSatisfy(result -> assertThat(result.join()).isEqualTo(new Applies(ENFORCE)));
    }

    @Test
    void refreshesBeforeAPolicyEndsAndForgetsWhatHasEnded() {
        policy();
        refresh();
        assertThat(fetches).hasSize(1);
        clock.advance(Duration.ofHours(13));
        refresh();
        assertThat(fetches).hasSize(2);
        clock.advance(Duration.ofHours(13));
        record = "; SERVFAIL a.example";
        assertThat(policy()).isEqualTo(new Applies(ENFORCE));
        clock.advance(Duration.ofDays(2));
        refresh();
        assertThat(kept).isEmpty();
    }

    private void refresh() {
        evaluator
                .refresh(10)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private StsResult policy() {
        return evaluator
                .policyOf("a.example")
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Asks the record that the test has set at the time of the question. */
    private Dns dns() {
        return new Dns() {
            @Override
            public <T> java.util.concurrent.CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                return Zone.of(record).query(name, type);
            }
        };
    }

    private StsEvaluator evaluator() {
        return new StsEvaluator(
                dns(),
                domain -> {
                    fetches.add(domain);
                    return CompletableFuture.completedFuture(answer);
                },
                new StsPolicyStore() {
                    @Override
                    public List<KeptPolicy> all() {
                        return List.copyOf(kept.values());
                    }

                    @Override
                    public void keep(KeptPolicy policy) {
                        kept.put(policy.domain(), policy);
                    }

                    @Override
                    public void forget(String domain) {
                        kept.remove(domain);
                    }
                },
                clock);
    }
}
