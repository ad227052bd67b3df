// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.amrelay.delivery.queue.Cancellation;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.LaneStatus;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.Overdue;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.WaitingDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.failure.StorageUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries: order and claims in memory, rows in {@code delivery}. */
final class SqliteDeliveries implements DeliveryStore {
    private static final int OVERDUE_LOOKED_AT = 10_000;
    private static final int MOST_OVERDUE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDeliveries.class);

    private final Parts parts;
    private final Clock clock;
    private final DeliveryRows rows;
    private final LaneIndex index;
    private final DeliveryClaims claims;
    private final Fresh<PreparedDelivery> fresh;
    private final AttemptReports reports;
    private final CopyOnWriteArrayList<Consumer<Flow>> listeners = new CopyOnWriteArrayList<>();

    SqliteDeliveries(Parts parts, Consumer<String> spoolListener) {
        this.parts = parts;
        this.clock = parts.clock();
        this.rows = parts.deliveryRows();
        this.index = parts.laneIndex();
        this.claims = parts.deliveryClaims();
        this.fresh = parts.freshDeliveries();
        this.reports = new AttemptReports(parts, spoolListener, this::announce);
    }

    @Override
    public CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries) {
        DirectMail direct;
        try {
            parts.space().requireRoom();
            direct = DirectMail.prepare(mail, deliveries, parts.ids(), parts.bodies(), clock.instant());
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
        Write<List<PreparedDelivery>> write = tables -> {
            direct.write(tables, parts.bodies(), rows);
            return direct.deliveries();
        };
        return parts.writer()
                .submit(direct.body().weight(), write, this::committed)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        announceAll(direct.deliveries());
                    } else {
                        parts.bodies().forget(direct.id());
                    }
                })
                .thenRun(() -> {});
    }

    /** The deliveries exist now. */
    void committed(List<PreparedDelivery> deliveries) {
        for (PreparedDelivery delivery : deliveries) {
            if (!delivery.held() && delivery.keptBytes() > 0) {
                fresh.put(delivery.id(), delivery, delivery.keptBytes());
            }
            index.came(delivery.flow(), delivery.id(), delivery.dueAt(), delivery.held());
        }
    }

    void announceAll(List<PreparedDelivery> deliveries) {
        deliveries.stream()
                .filter(delivery -> !delivery.held())
                .map(PreparedDelivery::flow)
                .distinct()
                .forEach(this::announce);
    }

    void announce(Flow flow) {
        listeners.forEach(listener -> listener.accept(flow));
    }

    @Override
    public List<QueuedDelivery> claim(Flow flow, Instant now, int limit) {
        List<QueuedDelivery> claimed = new ArrayList<>();
        // An operator's order that has them in hand may leave them waiting.
        List<Long> inOrders = new ArrayList<>();
        while (claimed.size() < limit) {
            OptionalLong next = index.poll(flow, now.toEpochMilli());
            if (next.isEmpty()) {
                break;
            }
            long id = next.getAsLong();
            if (!claims.reserve(id)) {
                if (claims.tried(id).isEmpty()) {
                    inOrders.add(id);
                }
                continue;
            }
            try {
                Optional<PreparedDelivery> found = fresh.remove(id).or(() -> load(id));
                if (found.isPresent() && isDue(found.get(), now)) {
                    claims.tries(found.get());
                    index.waitsNoMore(flow);
                    claimed.add(found.get().queued());
                } else {
                    claims.release(id);
                }
            } catch (RuntimeException e) {
                LOG.warn("delivery {} cannot be read now and stays in the queue: {}", id, e.getMessage());
                claims.release(id);
                index.putBack(flow, id, now.plusSeconds(1).toEpochMilli());
                break;
            }
        }
        inOrders.forEach(id -> index.putBack(flow, id, now.toEpochMilli()));
        return claimed;
    }

    /** An entry of the index may be older than the row. */
    private static boolean isDue(PreparedDelivery delivery, Instant now) {
        return !delivery.held() && delivery.dueAt() <= now.toEpochMilli();
    }

    private Optional<PreparedDelivery> load(long id) {
        return parts.readers().read(tables -> rows.find(tables, id));
    }

    @Override
    public void unclaim(long deliveryId) {
        claims.tried(deliveryId).ifPresent(delivery -> {
            QueuedDelivery queued = delivery.queued();
            if (queued.content() instanceof MessageContent.InMemory content) {
                fresh.put(deliveryId, delivery, content.size());
            }
            claims.release(deliveryId);
            index.waits(delivery.flow(), deliveryId, delivery.dueAt());
            announce(delivery.flow());
        });
    }

    @Override
    public List<Flow> flows(NextHop nextHop) {
        return index.flows(nextHop);
    }

    @Override
    public List<Flow> due(Instant now) {
        return index.due(now.toEpochMilli());
    }

    @Override
    public Overdue overdue(long afterId, Predicate<WaitingDelivery> wanted) {
        List<DeliveryRows.Waiting> part = parts.readers().read(tables -> rows.part(tables, afterId, OVERDUE_LOOKED_AT));
        List<QueuedDelivery> claimed = new ArrayList<>();
        for (DeliveryRows.Waiting row : part) {
            if (claimed.size() == MOST_OVERDUE) {
                return new Overdue(claimed, row.id() - 1);
            }
            if (!row.held() && wanted.test(row.delivery()) && claims.reserve(row.id())) {
                claimOverdue(row.id(), wanted).ifPresent(claimed::add);
            }
        }
        long next =
                part.size() < OVERDUE_LOOKED_AT ? 0 : part.get(part.size() - 1).id();
        return new Overdue(claimed, next);
    }

    /** The index may still have it; whoever takes it there finds it gone. */
    private Optional<QueuedDelivery> claimOverdue(long id, Predicate<WaitingDelivery> wanted) {
        try {
            Optional<PreparedDelivery> found = fresh.remove(id).or(() -> load(id));
            if (found.isPresent() && !found.get().held() && wanted.test(waiting(found.get()))) {
                claims.tries(found.get());
                index.waitsNoMore(found.get().flow());
                return Optional.of(found.get().queued());
            }
        } catch (StorageUnavailable e) {
            LOG.warn("delivery {} cannot be read now and is looked at later: {}", id, e.getMessage());
        }
        claims.release(id);
        return Optional.empty();
    }

    private static WaitingDelivery waiting(PreparedDelivery delivery) {
        return WaitingDelivery.of(delivery.queued(), Instant.ofEpochMilli(delivery.dueAt()));
    }

    @Override
    public List<Cancellation> cancelled(Instant now, int limit) {
        List<Cancellation> claimed = new ArrayList<>();
        while (claimed.size() < limit) {
            OptionalLong next = index.pollCancelled(now.toEpochMilli());
            if (next.isEmpty()) {
                break;
            }
            long id = next.getAsLong();
            if (!claims.reserve(id)) {
                index.cancelledAt(id, now.plusSeconds(1).toEpochMilli());
                continue;
            }
            try {
                claimed.addAll(parts.readers().read(tables -> cancellation(tables, id, now)));
            } catch (RuntimeException e) {
                LOG.warn("delivery {} cannot be read now and is cancelled later: {}", id, e.getMessage());
                index.cancelledAt(id, now.plusSeconds(1).toEpochMilli());
                claims.release(id);
                break;
            }
        }
        return claimed;
    }

    /** None when the order was undone meanwhile. */
    private List<Cancellation> cancellation(Statements tables, long id, Instant now) throws SQLException {
        Optional<DeliveryRows.Cancelled> cancelled = rows.cancelled(tables, id);
        Optional<PreparedDelivery> found = rows.find(tables, id);
        if (cancelled.isEmpty() || found.isEmpty() || cancelled.get().at() > now.toEpochMilli()) {
            claims.release(id);
            return List.of();
        }
        claims.tries(found.get());
        return List.of(new Cancellation(found.get().queued(), cancelled.get().tellSender()));
    }

    @Override
    public List<LaneStatus> lanes() {
        return index.lanes();
    }

    @Override
    public CompletionStage<Void> report(DeliveryReport report) {
        return reports.write(report);
    }

    @Override
    public void onChange(Consumer<Flow> listener) {
        listeners.add(listener);
    }
}
