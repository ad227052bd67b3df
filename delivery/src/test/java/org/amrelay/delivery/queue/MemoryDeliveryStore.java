// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;

/** A delivery store for tests, with a ledger to look into. Survives nothing. */
public final class MemoryDeliveryStore implements DeliveryStore {
    private static final class Row {
        final long id;
        final NewMail mail;
        final NewDelivery delivery;
        final Map<Long, EnvelopeRecipient> recipients = new TreeMap<>();
        final Instant acceptedAt;
        Instant dueAt;
        int attempts;
        boolean delayNoticeSent;
        boolean claimed;

        Row(long id, NewMail mail, NewDelivery delivery) {
            this.id = id;
            this.mail = mail;
            this.delivery = delivery;
            this.acceptedAt = delivery.firstAttemptAt();
            this.dueAt = delivery.firstAttemptAt();
        }
    }

    private final Map<NextHop, TreeMap<Long, Row>> lanes = new HashMap<>();
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<String, RecipientOutcome> lastOutcomes = new HashMap<>();
    private final Map<Long, EnvelopeRecipient> allRecipients = new HashMap<>();
    private final Map<Long, Reply> lastReplies = new HashMap<>();
    private final List<DeliveryReport> reports = new ArrayList<>();
    private final List<NewMail> notices = new ArrayList<>();
    private final List<Consumer<NextHop>> listeners = new CopyOnWriteArrayList<>();
    private long nextId = 1;
    private int failures;
    private int finished;

    @Override
    public CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries) {
        synchronized (this) {
            for (NewDelivery delivery : deliveries) {
                Row row = new Row(nextId++, mail, delivery);
                for (EnvelopeRecipient recipient : delivery.recipients()) {
                    long id = nextId++;
                    row.recipients.put(id, recipient);
                    allRecipients.put(id, recipient);
                }
                rows.put(row.id, row);
                lanes.computeIfAbsent(delivery.nextHop(), hop -> new TreeMap<>())
                        .put(row.id, row);
            }
        }
        deliveries.forEach(delivery -> tell(delivery.nextHop()));
        return CompletableFuture.completedFuture(null);
    }

    private void tell(NextHop nextHop) {
        listeners.forEach(listener -> listener.accept(nextHop));
    }

    @Override
    public synchronized List<QueuedDelivery> claim(NextHop nextHop, Instant now, int limit) {
        List<Row> due = new ArrayList<>();
        for (Row row : lanes.getOrDefault(nextHop, new TreeMap<>()).values()) {
            if (!row.claimed && !row.dueAt.isAfter(now)) {
                due.add(row);
                if (due.size() == limit) {
                    break;
                }
            }
        }
        due.forEach(row -> row.claimed = true);
        return due.stream().map(this::queued).toList();
    }

    private QueuedDelivery queued(Row row) {
        Envelope whole = row.mail.envelope();
        List<EnvelopeRecipient> recipients = List.copyOf(row.recipients.values());
        return new QueuedDelivery(
                row.id,
                row.mail.name(),
                whole.to(recipients),
                row.recipients.entrySet().stream()
                        .map(entry -> new QueuedRecipient(
                                entry.getKey(), entry.getValue(), Optional.ofNullable(lastReplies.get(entry.getKey()))))
                        .toList(),
                row.delivery.nextHop(),
                row.mail.content(),
                row.acceptedAt,
                row.delivery.expiresAt(),
                row.attempts,
                row.delayNoticeSent);
    }

    @Override
    public void unclaim(long deliveryId) {
        NextHop nextHop;
        synchronized (this) {
            Row row = rows.get(deliveryId);
            row.claimed = false;
            nextHop = row.delivery.nextHop();
        }
        tell(nextHop);
    }

    @Override
    public synchronized List<LaneStatus> lanes() {
        List<LaneStatus> all = new ArrayList<>();
        lanes.forEach((hop, waiting) -> waiting.values().stream()
                .filter(row -> !row.claimed)
                .map(row -> row.dueAt)
                .min(Comparator.naturalOrder())
                .ifPresent(due -> all.add(new LaneStatus(
                        hop,
                        waiting.values().stream().filter(row -> !row.claimed).count(),
                        due))));
        return all;
    }

    @Override
    public CompletionStage<Void> report(DeliveryReport report) {
        NextHop nextHop;
        synchronized (this) {
            if (failures > 0) {
                failures--;
                return CompletableFuture.failedFuture(new java.io.IOException("disk full"));
            }
            Row row = rows.get(report.deliveryId());
            nextHop = row.delivery.nextHop();
            reports.add(report);
            notices.addAll(report.notices());
            row.claimed = false;
            row.attempts++;
            row.dueAt = report.nextAttemptAt();
            row.delayNoticeSent |= report.delayNoticeSent();
            for (RecipientOutcome outcome : report.outcomes()) {
                lastOutcomes.put(
                        allRecipients.get(outcome.recipientId()).address().toString(), outcome);
                lastReplies.put(outcome.recipientId(), outcome.reply());
                if (outcome.state().isFinal()) {
                    row.recipients.remove(outcome.recipientId());
                }
            }
            if (row.recipients.isEmpty()) {
                finished++;
                rows.remove(row.id);
                lanes.get(nextHop).remove(row.id);
            }
        }
        tell(nextHop);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onChange(Consumer<NextHop> listener) {
        listeners.add(listener);
    }

    /** Makes the next reports fail. */
    public synchronized void failReports(int times) {
        failures = times;
    }

    /** What the last attempt meant for that address; empty before the first. */
    public synchronized Optional<RecipientOutcome> outcome(String address) {
        return Optional.ofNullable(lastOutcomes.get(address));
    }

    public synchronized Optional<RecipientState> state(String address) {
        return outcome(address).map(RecipientOutcome::state);
    }

    public synchronized List<DeliveryReport> reports() {
        return List.copyOf(reports);
    }

    public synchronized List<NewMail> notices() {
        return List.copyOf(notices);
    }

    /** Deliveries that have come to their end. */
    public synchronized int finished() {
        return finished;
    }

    public synchronized int waiting() {
        return rows.size();
    }

    public synchronized long claimed() {
        return rows.values().stream().filter(row -> row.claimed).count();
    }
}
