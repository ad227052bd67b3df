// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts in memory, for tests. */
public final class MemoryTlsCounts implements TlsCountStore {
    private final List<TlsCount> all = new ArrayList<>();
    private boolean broken;

    public synchronized void breaks(boolean now) {
        broken = now;
    }

    public synchronized List<TlsCount> all() {
        return List.copyOf(all);
    }

    @Override
    public synchronized CompletionStage<Void> add(List<TlsCount> counts) {
        if (broken) {
            return CompletableFuture.failedFuture(new IllegalStateException("disk full"));
        }
        all.addAll(counts);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized List<LocalDate> days() {
        return all.stream().map(TlsCount::day).distinct().sorted().toList();
    }

    @Override
    public synchronized List<String> domains(LocalDate day, String after, int limit) {
        return all.stream()
                .filter(count -> count.day().equals(day))
                .map(count -> count.policy().domain())
                .filter(domain -> domain.compareTo(after) > 0)
                .distinct()
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<TlsCount> counts(LocalDate day, String domain) {
        return all.stream()
                .filter(count ->
                        count.day().equals(day) && count.policy().domain().equals(domain))
                .toList();
    }

    @Override
    public synchronized List<WaitingCounts> waiting(int limit) {
        return days().stream()
                .flatMap(day -> domains(day, "", limit).stream()
                        .map(domain -> new WaitingCounts(day, domain, sum(day, domain, true), sum(day, domain, false))))
                .limit(limit)
                .toList();
    }

    private long sum(LocalDate day, String domain, boolean successful) {
        return counts(day, domain).stream()
                .filter(count -> count.failure().isEmpty() == successful)
                .mapToLong(TlsCount::sessions)
                .sum();
    }

    @Override
    public synchronized CompletionStage<Void> forget(LocalDate day, String domain) {
        all.removeIf(count -> count.day().equals(day) && count.policy().domain().equals(domain));
        return CompletableFuture.completedFuture(null);
    }
}
