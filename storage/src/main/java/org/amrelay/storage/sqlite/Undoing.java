// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.ledger.Undone;

/** Takes an operator's last order back, page by page; deliveries that have gone on meanwhile stay as they are. */
final class Undoing {
    private static final int PAGE = 200;

    private final Parts parts;
    private final Consumer<Flow> listener;

    Undoing(Parts parts, Consumer<Flow> listener) {
        this.parts = parts;
        this.listener = listener;
    }

    CompletableFuture<Optional<Undone>> undoLast(String by) {
        try {
            long now = parts.clock().millis();
            Optional<OrderLog.Logged> last = parts.readers().read(tables -> OrderLog.last(tables, now));
            if (last.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            OrderLog.Logged order = last.get();
            CompletableFuture<Undone> all = parts.writer()
                    .submit(0, tables -> OrderLog.undone(tables, order.id()), changed -> {})
                    .thenApply(changed -> new Undone(order.kind(), 0, 0));
            List<OrderLog.Before> page = items(order, 0);
            while (!page.isEmpty()) {
                all = all.thenCombine(page(order, page, by, now), Undoing::both);
                page = items(order, page.get(page.size() - 1).delivery());
            }
            return all.thenApply(Optional::of);
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Undone both(Undone one, Undone other) {
        return new Undone(one.order(), one.restored() + other.restored(), one.moved() + other.moved());
    }

    private List<OrderLog.Before> items(OrderLog.Logged order, long after) {
        return parts.readers().read(tables -> OrderLog.items(tables, order.id(), after, PAGE));
    }

    /** A delivery as the order had made it, and as it is again. */
    private record Restored(PreparedDelivery ordered, OrderLog.Before before) {}

    private CompletableFuture<Undone> page(OrderLog.Logged order, List<OrderLog.Before> items, String by, long now) {
        List<OrderLog.Before> reserved = items.stream()
                .filter(item -> parts.deliveryClaims().reserve(item.delivery()))
                .toList();
        return parts.writer()
                .submit(0, tables -> write(tables, order, reserved, by, now), this::committed)
                .whenComplete((done, failure) -> {
                    reserved.forEach(item -> parts.deliveryClaims().release(item.delivery()));
                    if (failure == null) {
                        announce(done);
                    }
                })
                .thenApply(done -> new Undone(order.kind(), done.size(), items.size() - done.size()));
    }

    private List<Restored> write(
            Statements tables, OrderLog.Logged order, List<OrderLog.Before> items, String by, long now)
            throws SQLException {
        List<Restored> done = new ArrayList<>();
        for (OrderLog.Before before : items) {
            Optional<PreparedDelivery> found = parts.deliveryRows().find(tables, before.delivery());
            if (found.isPresent() && isAsOrdered(tables, order, found.get())) {
                parts.deliveryRows().restore(tables, before);
                RecipientState to = before.held() ? RecipientState.HELD : RecipientState.QUEUED;
                Orders.step(tables, found.get(), to, by, now);
                String words = order.kind() + " of delivery " + before.delivery() + " by " + by;
                MailRows.event(tables, found.get().mail(), now, EventLines.of("undone", words));
                done.add(new Restored(found.get(), before));
            }
        }
        return done;
    }

    private boolean isAsOrdered(Statements tables, OrderLog.Logged order, PreparedDelivery delivery)
            throws SQLException {
        boolean cancelled =
                parts.deliveryRows().cancelled(tables, delivery.id()).isPresent();
        return switch (order.kind()) {
            case "hold" -> delivery.held() && !cancelled;
            case "cancel" -> cancelled;
            default -> !delivery.held() && delivery.dueAt() == order.at();
        };
    }

    /** On the writer thread. */
    private void committed(List<Restored> done) {
        for (Restored each : done) {
            PreparedDelivery ordered = each.ordered();
            parts.freshDeliveries().remove(ordered.id());
            if (!ordered.held()) {
                parts.laneIndex().waitsNoMore(ordered.flow());
            }
            if (!each.before().held()) {
                parts.laneIndex()
                        .waits(ordered.flow(), ordered.id(), each.before().dueAt());
            }
        }
    }

    private void announce(List<Restored> done) {
        Set<Flow> flows = new HashSet<>();
        done.forEach(each -> flows.add(each.ordered().flow()));
        flows.forEach(listener);
    }
}
