// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;

/** Says that a mail is stored and only remembers it, until it is asked for. Every queue is empty. */
final class RecordingSpool implements Spool {
    private Optional<NewSpoolItem> added = Optional.empty();
    private long number;

    /** Drops what a case left behind that broke off. */
    synchronized void forget() {
        added = Optional.empty();
    }

    /** The mail that was accepted last, once, as the spooler would get it. */
    synchronized Optional<SpoolItem> accepted(Instant now) {
        Optional<SpoolItem> item = added.map(
                mail -> new SpoolItem(number, mail.queue(), mail.mail(), mail.priority(), mail.notBefore(), now, 0));
        added = Optional.empty();
        return item;
    }

    @Override
    public synchronized CompletionStage<Long> add(NewSpoolItem item) {
        added = Optional.of(item);
        number++;
        return CompletableFuture.completedFuture(number);
    }

    @Override
    public Optional<SpoolItem> take(String queue, Instant now) {
        return Optional.empty();
    }

    @Override
    public void unclaim(long id) {}

    @Override
    public CompletionStage<Void> retry(long id, Instant notBefore, String reason) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> suspend(long id, Instant notBefore, String reason) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(long id) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<Instant> nextDueAt(String queue) {
        return Optional.empty();
    }

    @Override
    public void onAvailable(Consumer<String> listener) {}

    @Override
    public long size(String queue) {
        return 0;
    }

    @Override
    public List<String> queues() {
        return List.of();
    }

    @Override
    public List<SpoolItem> browse(String queue, long afterId, int limit) {
        return List.of();
    }

    @Override
    public CompletionStage<Long> flush(String queue) {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletionStage<Long> removeIf(String queue, Predicate<SpoolItem> condition) {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletionStage<Long> clear(String queue) {
        return CompletableFuture.completedFuture(0L);
    }
}
