// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.TlsObserver;
import org.amrelay.delivery.tls.TlsOutcome;

/**
 * Counts sessions in memory until they are written to the store.
 *
 * <p>At most so many different ones between two writes; what is beyond is not counted. A crash loses what was not
 * written: reports are statistics. Safe for several threads.
 */
public final class TlsCounter implements TlsRecorder {
    private static final int MOST = 20_000;

    private record Key(LocalDate day, ReportedPolicy policy, Optional<FailureDetail> failure) {}

    private final InstantSource clock;
    private Map<Key, Long> counts = new HashMap<>();

    public TlsCounter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public TlsObserver observer(ReportedPolicy policy, String host) {
        return (outcome, own, server) -> count(policy, detail(outcome, own, server, host));
    }

    private static Optional<FailureDetail> detail(
            TlsOutcome outcome, InetSocketAddress own, InetSocketAddress server, String host) {
        return failure(outcome)
                .map(failure -> new FailureDetail(
                        failure.word(),
                        own.getAddress().getHostAddress(),
                        host,
                        server.getAddress().getHostAddress()));
    }

    private static Optional<TlsFailure> failure(TlsOutcome outcome) {
        if (outcome instanceof TlsOutcome.NotEncrypted failed) {
            return Optional.of(failed.failure());
        }
        return outcome instanceof TlsOutcome.Encrypted encrypted
                        && encrypted.peer() instanceof PeerVerdict.Rejected rejected
                ? Optional.of(rejected.failure())
                : Optional.empty();
    }

    @Override
    public void failed(ReportedPolicy policy, String host, TlsFailure failure) {
        count(policy, Optional.of(new FailureDetail(failure.word(), "", host, "")));
    }

    private synchronized void count(ReportedPolicy policy, Optional<FailureDetail> failure) {
        Key key = new Key(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), policy, failure);
        if (counts.size() < MOST || counts.containsKey(key)) {
            counts.merge(key, 1L, Long::sum);
        }
    }

    /** Writes what has been counted; what the store does not take is counted again. */
    public CompletionStage<Void> flush(TlsCountStore store) {
        Map<Key, Long> taken = take();
        if (taken.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<TlsCount> all = new ArrayList<>();
        taken.forEach((key, sessions) -> all.add(new TlsCount(key.day(), key.policy(), key.failure(), sessions)));
        return store.add(all).whenComplete((done, error) -> {
            if (error != null) {
                giveBack(taken);
            }
        });
    }

    private synchronized Map<Key, Long> take() {
        Map<Key, Long> taken = counts;
        counts = new HashMap<>();
        return taken;
    }

    private synchronized void giveBack(Map<Key, Long> taken) {
        taken.forEach((key, sessions) -> {
            if (counts.size() < MOST || counts.containsKey(key)) {
                counts.merge(key, sessions, Long::sum);
            }
        });
    }
}
