// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
        RETRY
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
        CompletableFuture<Changed> all = CompletableFuture.completedFuture(new Changed(0, 0));
        try {
            long after = 0;
            List<Long> page = select(selection, after);
            while (!page.isEmpty()) {
                all = all.thenCombine(
                        page(order, page, by),
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

    private CompletableFuture<Changed> page(Order order, List<Long> ids, String by) {
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
        long now = parts.clock().millis();
        return parts.writer()
                .submit(0, tables -> write(tables, order, reserved, by, now), done -> committed(order, done, now))
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

    private List<Done> write(Statements tables, Order order, List<Long> ids, String by, long now) throws SQLException {
        List<Done> done = new ArrayList<>();
        for (long id : ids) {
            Optional<PreparedDelivery> found = parts.deliveryRows().find(tables, id);
            if (found.isPresent() && applies(order, found.get())) {
                done.add(new Done(found.get(), write(tables, order, found.get(), by, now)));
            }
        }
        return done;
    }

    private static boolean applies(Order order, PreparedDelivery delivery) {
        return switch (order) {
            case HOLD, RETRY -> !delivery.held();
            case RELEASE -> delivery.held();
            case CANCEL -> true;
        };
    }

    private boolean write(Statements tables, Order order, PreparedDelivery delivery, String by, long now)
            throws SQLException {
        boolean mailEnded = false;
        RecipientState from = delivery.held() ? RecipientState.HELD : RecipientState.QUEUED;
        switch (order) {
            case HOLD -> {
                parts.deliveryRows().hold(tables, delivery.id());
                step(tables, delivery, from, RecipientState.HELD, by, now);
            }
            case RELEASE -> {
                parts.deliveryRows().due(tables, delivery.id(), now);
                step(tables, delivery, from, RecipientState.QUEUED, by, now);
            }
            case RETRY -> parts.deliveryRows().due(tables, delivery.id(), now);
            case CANCEL -> {
                parts.deliveryRows().delete(tables, delivery.id());
                step(tables, delivery, from, RecipientState.CANCELLED, by, now);
                mailEnded = !MailRows.hasOpen(tables, delivery.mail());
                if (mailEnded) {
                    parts.bodies().delete(tables, delivery.mail());
                }
            }
        }
        String kind = order.name().toLowerCase(Locale.ROOT);
        MailRows.event(tables, delivery.mail(), now, EventLines.of(kind, "delivery " + delivery.id() + " by " + by));
        return mailEnded;
    }

    private static void step(
            Statements tables, PreparedDelivery delivery, RecipientState from, RecipientState to, String by, long now)
            throws SQLException {
        for (QueuedRecipient recipient : delivery.queued().recipients()) {
            MailRows.step(tables, recipient.id(), from, to, now, delivery.id(), by);
        }
    }

    /** On the writer thread. */
    private void committed(Order order, List<Done> done, long now) {
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
            switch (order) {
                case RELEASE, RETRY -> parts.laneIndex().waits(flow, delivery.id(), now);
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
