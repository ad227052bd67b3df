// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.containment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.queue.WaitingDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.recipient.RecipientState;

/** A store that also tells how the mail of accounts fares; holds the accounts of the deliveries that are claimed. */
public final class OutcomeWatch implements DeliveryStore {
    private final DeliveryStore store;
    private final ContainmentUpkeep upkeep;
    private final Map<Long, String> claimed = new ConcurrentHashMap<>();

    public OutcomeWatch(DeliveryStore store, ContainmentUpkeep upkeep) {
        this.store = store;
        this.upkeep = upkeep;
    }

    @Override
    public CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries) {
        return store.accept(mail, deliveries);
    }

    @Override
    public List<QueuedDelivery> claim(Flow flow, Instant now, int limit) {
        List<QueuedDelivery> deliveries = store.claim(flow, now, limit);
        for (QueuedDelivery delivery : deliveries) {
            delivery.envelope().account().ifPresent(account -> claimed.put(delivery.id(), account));
        }
        return deliveries;
    }

    @Override
    public List<Flow> flows(NextHop nextHop) {
        return store.flows(nextHop);
    }

    @Override
    public List<Flow> due(Instant now) {
        return store.due(now);
    }

    @Override
    public Overdue overdue(long afterId, Predicate<WaitingDelivery> wanted) {
        return store.overdue(afterId, wanted);
    }

    @Override
    public List<Cancellation> cancelled(Instant now, int limit) {
        return store.cancelled(now, limit);
    }

    @Override
    public void unclaim(long deliveryId) {
        claimed.remove(deliveryId);
        store.unclaim(deliveryId);
    }

    @Override
    public List<LaneStatus> lanes() {
        return store.lanes();
    }

    @Override
    public CompletionStage<Void> report(DeliveryReport report) {
        // Taken out before the store gives the delivery free: another claim of it may follow at once
        String account = claimed.remove(report.deliveryId());
        return store.report(report).whenComplete((done, error) -> {
            if (account != null && error == null) {
                report.outcomes().forEach(outcome -> ended(account, outcome));
            } else if (account != null) {
                claimed.putIfAbsent(report.deliveryId(), account);
            }
        });
    }

    private void ended(String account, RecipientOutcome outcome) {
        if (outcome.state() == RecipientState.BOUNCED || outcome.state() == RecipientState.DELIVERED) {
            upkeep.ended(account, outcome.state() == RecipientState.BOUNCED);
        }
    }

    @Override
    public void onChange(Consumer<Flow> listener) {
        store.onChange(listener);
    }
}
