// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spool: order and claims in memory, items in {@code spool_item}. */
final class SqliteSpool implements Spool {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSpool.class);
    private static final int PAGE = 200;

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final Space space;
    private final Intake intake;
    private final Bodies bodies;
    private final SpoolRows rows;
    private final SpoolRemoval removal;
    private final SpoolIndex index;
    private final Fresh<SpoolItem> fresh;
    /** Empty while the item is being taken or removed. */
    private final ConcurrentHashMap<Long, Optional<SpoolItem>> claims = new ConcurrentHashMap<>();

    private final CopyOnWriteArrayList<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    SqliteSpool(Parts parts) {
        this.writer = parts.writer();
        this.readers = parts.readers();
        this.clock = parts.clock();
        this.space = parts.space();
        this.intake = parts.intake();
        this.bodies = parts.bodies();
        this.rows = parts.spoolRows();
        this.removal = new SpoolRemoval(rows, bodies, clock);
        this.index = parts.spoolIndex();
        this.fresh = parts.freshItems();
    }

    @Override
    public CompletionStage<Long> add(NewSpoolItem item) {
        PreparedItem prepared;
        try {
            space.requireRoom();
            prepared = intake.prepare(item);
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Long> added = writer.submit(
                prepared.weight(),
                tables -> {
                    intake.write(tables, prepared);
                    return prepared.item().id();
                },
                id -> intake.committed(prepared));
        return added.whenComplete((id, failure) -> {
            if (failure == null) {
                announce(item.queue());
            } else {
                intake.abandon(prepared);
            }
        });
    }

    /** Tells the listeners that a queue has something. */
    void announce(String queue) {
        listeners.forEach(listener -> listener.accept(queue));
    }

    @Override
    public Optional<SpoolItem> take(String queue, Instant now) {
        while (true) {
            OptionalLong next = index.poll(queue, now.toEpochMilli());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            long id = next.getAsLong();
            if (claims.putIfAbsent(id, Optional.empty()) != null) {
                continue;
            }
            try {
                Optional<SpoolItem> item = fresh.remove(id).or(() -> load(id));
                if (item.isPresent() && !item.get().notBefore().isAfter(now)) {
                    claims.put(id, item);
                    return item;
                }
                claims.remove(id);
            } catch (RuntimeException e) {
                LOG.warn("item {} cannot be read now and stays in the queue: {}", id, e.getMessage());
                claims.remove(id);
                index.waits(
                        queue,
                        id,
                        NewSpoolItem.NORMAL_PRIORITY,
                        now.plusSeconds(1).toEpochMilli());
                return Optional.empty();
            }
        }
    }

    private Optional<SpoolItem> load(long id) {
        return readers.read(tables -> rows.find(tables, id));
    }

    /** The item that is claimed under that id. */
    Optional<SpoolItem> claimed(long id) {
        return claims.getOrDefault(id, Optional.empty());
    }

    @Override
    public void unclaim(long id) {
        claimed(id).ifPresent(item -> {
            if (item.mail().content() instanceof MessageContent.InMemory content) {
                fresh.put(id, item, content.size());
            }
            waitAgain(item, item.notBefore());
        });
    }

    private void waitAgain(SpoolItem item, Instant notBefore) {
        claims.remove(item.id());
        index.waits(item.queue(), item.id(), item.priority(), notBefore.toEpochMilli());
        announce(item.queue());
    }

    @Override
    public CompletionStage<Void> retry(long id, Instant notBefore, String reason) {
        return giveBack(
                id,
                notBefore,
                1,
                item -> EventLines.of(
                        "retry",
                        "attempt " + (item.attempts() + 1) + " failed, next not before " + notBefore + ": " + reason));
    }

    @Override
    public CompletionStage<Void> suspend(long id, Instant notBefore, String reason) {
        return giveBack(
                id,
                notBefore,
                0,
                item -> EventLines.of("suspended", "looked at again not after " + notBefore + ": " + reason));
    }

    private CompletionStage<Void> giveBack(long id, Instant notBefore, int counted, Function<SpoolItem, String> event) {
        Optional<SpoolItem> claimed = claimed(id);
        if (claimed.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("item " + id + " is not claimed"));
        }
        SpoolItem item = claimed.get();
        long now = clock.millis();
        return writer.submit(
                        0,
                        tables -> {
                            if (rows.retry(tables, id, notBefore, counted) == 1
                                    && item.queue().equals(MAIN)) {
                                MailRows.event(tables, id, now, event.apply(item));
                            }
                            return id;
                        },
                        done -> {
                            claims.remove(id);
                            index.waits(item.queue(), id, item.priority(), notBefore.toEpochMilli());
                        })
                .thenRun(() -> announce(item.queue()));
    }

    @Override
    public CompletionStage<Void> remove(long id) {
        return writer.submit(0, tables -> removal.delete(tables, id), this::deleted)
                .thenRun(() -> {});
    }

    private void deleted(Optional<SpoolRemoval.Deleted> deleted) {
        deleted.ifPresent(item -> {
            gone(item.id(), item.queue());
            bodies.forget(item.id());
        });
    }

    /** After the commit in which an item ended. */
    void gone(long id, String queue) {
        fresh.remove(id);
        claims.remove(id);
        index.went(queue);
    }

    @Override
    public Optional<Instant> nextDueAt(String queue) {
        return index.nextDueAt(queue).map(Instant::ofEpochMilli);
    }

    @Override
    public void onAvailable(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public long size(String queue) {
        return index.size(queue);
    }

    @Override
    public List<String> queues() {
        return index.names();
    }

    @Override
    public List<SpoolItem> browse(String queue, long afterId, int limit) {
        return readers.read(tables -> rows.page(tables, queue, afterId, limit));
    }

    @Override
    public CompletionStage<Long> flush(String queue) {
        Instant now = clock.instant();
        return writer.submit(0, tables -> rows.flush(tables, queue, now), count -> index.flush(queue))
                .thenApply(count -> {
                    announce(queue);
                    return count;
                });
    }

    @Override
    public CompletionStage<Long> clear(String queue) {
        return removeIf(queue, item -> true);
    }

    /** Page by page on the caller's thread, so that mail goes on meanwhile. */
    @Override
    public CompletionStage<Long> removeIf(String queue, Predicate<SpoolItem> condition) {
        CompletableFuture<Long> removed = CompletableFuture.completedFuture(0L);
        try {
            List<SpoolItem> page = browse(queue, 0, PAGE);
            while (!page.isEmpty()) {
                List<SpoolItem> reserved = new ArrayList<>();
                for (SpoolItem item : page) {
                    if (condition.test(item) && claims.putIfAbsent(item.id(), Optional.empty()) == null) {
                        reserved.add(item);
                    }
                }
                removed = removed.thenCombine(removeAll(reserved), Long::sum);
                page = browse(queue, page.get(page.size() - 1).id(), PAGE);
            }
            return removed;
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Long> removeAll(List<SpoolItem> reserved) {
        Write<List<Optional<SpoolRemoval.Deleted>>> deleteAll = tables -> {
            List<Optional<SpoolRemoval.Deleted>> gone = new ArrayList<>();
            for (SpoolItem item : reserved) {
                gone.add(removal.delete(tables, item.id()));
            }
            return gone;
        };
        return writer.submit(0, deleteAll, gone -> gone.forEach(this::deleted))
                .whenComplete((gone, failure) -> reserved.forEach(item -> {
                    if (failure == null) {
                        claims.remove(item.id());
                    } else {
                        waitAgain(item, item.notBefore());
                    }
                }))
                .thenApply(gone -> gone.stream().filter(Optional::isPresent).count());
    }
}
