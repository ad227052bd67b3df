// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.delivery.queue.Cancellation;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.LaneStatus;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.Overdue;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.queue.WaitingDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;

/**
 * A store that also learns from the replies that end deliveries.
 *
 * <p>The same classifier reads replies in a session and notices that come later. Learns once the report is durable; holds
 * the addresses of the deliveries that are claimed.
 */
public final class LearningDeliveryStore implements DeliveryStore {
    private final DeliveryStore store;
    private final SuppressionLearner learner;
    private final BounceClassifier classifier = new BounceClassifier();
    private final Map<Long, Claimed> claimed = new ConcurrentHashMap<>();

    private record Claimed(String account, Map<Long, EmailAddress> recipients) {}

    public LearningDeliveryStore(DeliveryStore store, SuppressionLearner learner) {
        this.store = store;
        this.learner = learner;
    }

    @Override
    public CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries) {
        return store.accept(mail, deliveries);
    }

    @Override
    public List<QueuedDelivery> claim(Flow flow, Instant now, int limit) {
        return remember(store.claim(flow, now, limit));
    }

    private List<QueuedDelivery> remember(List<QueuedDelivery> deliveries) {
        for (QueuedDelivery delivery : deliveries) {
            delivery.envelope()
                    .account()
                    .ifPresent(account -> claimed.put(delivery.id(), new Claimed(account, addresses(delivery))));
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

    /** What is given up without an attempt says nothing about an address. */
    @Override
    public Overdue overdue(long afterId, Predicate<WaitingDelivery> wanted) {
        return store.overdue(afterId, wanted);
    }

    @Override
    public List<Cancellation> cancelled(Instant now, int limit) {
        return store.cancelled(now, limit);
    }

    private static Map<Long, EmailAddress> addresses(QueuedDelivery delivery) {
        return delivery.recipients().stream()
                .collect(Collectors.toMap(
                        QueuedRecipient::id, each -> each.recipient().address(), (one, other) -> one));
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
        Claimed of = claimed.remove(report.deliveryId());
        return store.report(report).whenComplete((done, error) -> {
            if (of == null) {
                return;
            }
            if (error == null) {
                report.outcomes().forEach(outcome -> learn(of, outcome));
            } else {
                claimed.putIfAbsent(report.deliveryId(), of);
            }
        });
    }

    private void learn(Claimed of, RecipientOutcome outcome) {
        EmailAddress address = of.recipients().get(outcome.recipientId());
        if (address != null && outcome.state() == RecipientState.BOUNCED) {
            String peer = outcome.peer().isEmpty() ? "" : outcome.peer() + " said ";
            learner.refused(of.account(), address, classifier.of(outcome.reply()), peer + outcome.reply());
        }
    }

    @Override
    public void onChange(Consumer<Flow> listener) {
        store.onChange(listener);
    }
}
