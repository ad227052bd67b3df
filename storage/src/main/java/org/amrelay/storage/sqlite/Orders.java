// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.ledger.Changed;
import org.amrelay.storage.ledger.Selection;

/** What operators order about deliveries that wait; page by page, so that mail goes on meanwhile. */
final class Orders {
    enum Order {
        HOLD,
        RELEASE,
        CANCEL,
        CANCEL_LATER,
        RETRY
    }

    /**
     * An order on its way.
     *
     * @param cancelAt when what is cancelled later is cancelled
     */
    private record Running(Order order, OrderLog.Logged logged, String by, long cancelAt, boolean tellSender) {
        long now() {
            return logged.at();
        }

        /** Whether an operator can take it back; what holds an account's mail has a release of its own. */
        boolean isUndoable() {
            return order != Order.CANCEL && !by.equals(AccountWatch.ITSELF);
        }
    }

    private static final int PAGE = 200;

    private final Parts parts;
    private final QueueReader queue;
    private final Consumer<Flow> listener;

    Orders(Parts parts, QueueReader queue, Consumer<Flow> listener) {
        this.parts = parts;
        this.queue = queue;
        this.listener = listener;
    }

    CompletableFuture<Changed> carryOut(Order order, Selection selection, String by) {
        return carryOut(running(order, by, 0, false), selection);
    }

    CompletableFuture<Changed> cancelLater(Selection selection, boolean tellSender, Instant at, String by) {
        return carryOut(running(Order.CANCEL_LATER, by, at.toEpochMilli(), tellSender), selection);
    }

    private Running running(Order order, String by, long cancelAt, boolean tellSender) {
        String kind = order == Order.CANCEL_LATER ? "cancel" : order.name().toLowerCase(Locale.ROOT);
        OrderLog.Logged logged =
                new OrderLog.Logged(parts.ids().next(), parts.clock().millis(), kind);
        return new Running(order, logged, by, cancelAt, tellSender);
    }

    private CompletableFuture<Changed> carryOut(Running order, Selection selection) {
        CompletableFuture<Changed> all = CompletableFuture.completedFuture(new Changed(0, 0));
        try {
            long after = 0;
            List<Long> page = select(selection, after);
            while (!page.isEmpty()) {
                all = all.thenCombine(
                        page(order, page),
                        (one, other) ->
                                new Changed(one.changed() + other.changed(), one.inAttempt() + other.inAttempt()));
                after = page.get(page.size() - 1);
                page = select(selection, after);
            }
            return all;
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Long> select(Selection selection, long after) {
        return parts.readers().read(tables -> queue.selected(tables, selection, after, PAGE));
    }

    private CompletableFuture<Changed> page(Running order, List<Long> ids) {
        List<Long> reserved = new ArrayList<>();
        long busy = 0;
        for (long id : ids) {
            if (parts.deliveryClaims().reserve(id)) {
                reserved.add(id);
            } else {
                busy++;
            }
        }
        long inAttempt = busy;
        return parts.writer()
                .submit(0, tables -> write(tables, order, reserved), done -> committed(order, done))
                .whenComplete((done, failure) -> {
                    reserved.forEach(parts.deliveryClaims()::release);
                    if (failure == null) {
                        announce(done);
                    }
                })
                .thenApply(done -> new Changed(done.size(), inAttempt));
    }

    /**
     * A delivery that was changed.
     *
     * @param mailEnded whether the mail's bodies are gone with it
     */
    private record Done(PreparedDelivery delivery, boolean mailEnded) {}

    private List<Done> write(Statements tables, Running order, List<Long> ids) throws SQLException {
        OrderLog.forgetOld(tables, order.now());
        List<Done> done = new ArrayList<>();
        for (long id : ids) {
            Optional<PreparedDelivery> found = parts.deliveryRows().find(tables, id);
            if (found.isPresent() && applies(order.order(), found.get())) {
                done.add(new Done(found.get(), write(tables, order, found.get())));
                if (order.isUndoable()) {
                    OrderLog.addItem(tables, order.logged().id(), found.get());
                }
            }
        }
        if (!done.isEmpty() && order.isUndoable()) {
            OrderLog.add(tables, order.logged(), order.by());
        }
        return done;
    }

    private static boolean applies(Order order, PreparedDelivery delivery) {
        return switch (order) {
            case HOLD, RETRY -> !delivery.held();
            case RELEASE -> delivery.held();
            case CANCEL, CANCEL_LATER -> true;
        };
    }

    private boolean write(Statements tables, Running order, PreparedDelivery delivery) throws SQLException {
        boolean mailEnded = false;
        long now = order.now();
        switch (order.order()) {
            case HOLD -> {
                parts.deliveryRows().hold(tables, delivery.id());
                step(tables, delivery, RecipientState.HELD, order.by(), now);
            }
            case CANCEL_LATER -> {
                parts.deliveryRows().cancelLater(tables, delivery.id(), order.cancelAt(), order.tellSender());
                step(tables, delivery, RecipientState.HELD, order.by(), now);
            }
            case RELEASE -> {
                parts.deliveryRows().due(tables, delivery.id(), now);
                step(tables, delivery, RecipientState.QUEUED, order.by(), now);
            }
            case RETRY -> parts.deliveryRows().due(tables, delivery.id(), now);
            case CANCEL -> {
                parts.deliveryRows().delete(tables, delivery.id());
                step(tables, delivery, RecipientState.CANCELLED, order.by(), now);
                mailEnded = !MailRows.hasOpen(tables, delivery.mail());
                if (mailEnded) {
                    parts.bodies().delete(tables, delivery.mail());
                }
            }
        }
        String when = order.order() == Order.CANCEL_LATER ? " at " + Instant.ofEpochMilli(order.cancelAt()) : "";
        MailRows.event(
                tables,
                delivery.mail(),
                now,
                EventLines.of(order.logged().kind(), "delivery " + delivery.id() + " by " + order.by() + when));
        return mailEnded;
    }

    /** The recipients of a delivery that is held already stay so. */
    static void step(Statements tables, PreparedDelivery delivery, RecipientState to, String by, long now)
            throws SQLException {
        RecipientState from = delivery.held() ? RecipientState.HELD : RecipientState.QUEUED;
        if (from != to) {
            for (QueuedRecipient recipient : delivery.queued().recipients()) {
                MailRows.step(tables, recipient.id(), from, to, now, delivery.id(), by);
            }
        }
    }

    /** On the writer thread. */
    private void committed(Running order, List<Done> done) {
        for (Done each : done) {
            PreparedDelivery delivery = each.delivery();
            if (each.mailEnded()) {
                parts.bodies().forget(delivery.mail());
            }
            parts.freshDeliveries().remove(delivery.id());
            Flow flow = delivery.flow();
            if (!delivery.held()) {
                parts.laneIndex().waitsNoMore(flow);
            }
            switch (order.order()) {
                case RELEASE, RETRY -> parts.laneIndex().waits(flow, delivery.id(), order.now());
                case CANCEL_LATER -> parts.laneIndex().cancelledAt(delivery.id(), order.cancelAt());
                case CANCEL -> parts.laneIndex().went();
                case HOLD -> {
                    // It counts among all still, but waits no more.
                }
            }
        }
    }

    private void announce(List<Done> done) {
        Set<Flow> flows = new HashSet<>();
        done.forEach(each -> flows.add(each.delivery().flow()));
        flows.forEach(listener);
    }
}
