// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
        final Flow flow;

        Row(long id, NewMail mail, NewDelivery delivery) {
            this.id = id;
            this.mail = mail;
            this.delivery = delivery;
            this.acceptedAt = delivery.firstAttemptAt();
            this.dueAt = delivery.firstAttemptAt();
            this.flow = Flow.of(delivery.nextHop(), mail.envelope());
        }
    }

    private static final Comparator<Row> BY_DUE =
            Comparator.<Row, Instant>comparing(row -> row.dueAt).thenComparing(row -> row.id);

    /** What is not claimed. */
    private final Map<Flow, TreeSet<Row>> flows = new LinkedHashMap<>();

    private final List<Cancellation> cancelled = new ArrayList<>();
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<String, RecipientOutcome> lastOutcomes = new HashMap<>();
    private final Map<Long, EnvelopeRecipient> allRecipients = new HashMap<>();
    private final Map<Long, Reply> lastReplies = new HashMap<>();
    private final List<DeliveryReport> reports = new ArrayList<>();
    private final List<NewMail> notices = new ArrayList<>();
    private final List<Consumer<Flow>> listeners = new CopyOnWriteArrayList<>();
    private long nextId = 1;
    private int failures;
    private int finished;

    @Override
    public CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries) {
        List<Flow> changed = new ArrayList<>();
        synchronized (this) {
            for (NewDelivery delivery : deliveries) {
                Row row = new Row(nextId++, mail, delivery);
                for (EnvelopeRecipient recipient : delivery.recipients()) {
                    long id = nextId++;
                    row.recipients.put(id, recipient);
                    allRecipients.put(id, recipient);
                }
                rows.put(row.id, row);
                put(row);
                changed.add(row.flow);
            }
        }
        changed.forEach(this::tell);
        return CompletableFuture.completedFuture(null);
    }

    private void put(Row row) {
        flows.computeIfAbsent(row.flow, flow -> new TreeSet<>(BY_DUE)).add(row);
    }

    private void tell(Flow flow) {
        listeners.forEach(listener -> listener.accept(flow));
    }

    @Override
    public synchronized List<Flow> flows(NextHop nextHop) {
        return flows.entrySet().stream()
                .filter(entry -> entry.getKey().nextHop().equals(nextHop)
                        && !entry.getValue().isEmpty())
                .sorted(Comparator.comparing(entry -> entry.getValue().first().dueAt))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized List<Flow> due(Instant now) {
        return flows.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty()
                        && !entry.getValue().first().dueAt.isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized Overdue overdue(long afterId, Predicate<WaitingDelivery> wanted) {
        List<QueuedDelivery> found = new ArrayList<>();
        for (TreeSet<Row> waiting : flows.values()) {
            for (Row row : List.copyOf(waiting)) {
                if (wanted.test(WaitingDelivery.of(queued(row), row.dueAt))) {
                    waiting.remove(row);
                    row.claimed = true;
                    found.add(queued(row));
                }
            }
        }
        return new Overdue(found, 0);
    }

    @Override
    public synchronized List<Cancellation> cancelled(Instant now, int limit) {
        List<Cancellation> all = List.copyOf(cancelled);
        cancelled.clear();
        return all;
    }

    /** Cancels what waits first for that place. */
    public synchronized void cancel(NextHop nextHop, boolean tellSender) {
        Row row = flows.get(flows(nextHop).get(0)).pollFirst();
        row.claimed = true;
        cancelled.add(new Cancellation(queued(row), tellSender));
    }

    @Override
    public synchronized List<QueuedDelivery> claim(Flow flow, Instant now, int limit) {
        List<Row> due = new ArrayList<>();
        TreeSet<Row> waiting = flows.getOrDefault(flow, new TreeSet<>(BY_DUE));
        while (due.size() < limit
                && !waiting.isEmpty()
                && !waiting.first().dueAt.isAfter(now)) {
            due.add(waiting.pollFirst());
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
                whole.to(recipients).from(row.delivery.sender(whole.sender())),
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
        Flow flow;
        synchronized (this) {
            Row row = rows.get(deliveryId);
            row.claimed = false;
            put(row);
            flow = row.flow;
        }
        tell(flow);
    }

    @Override
    public synchronized List<LaneStatus> lanes() {
        Map<NextHop, LaneStatus> all = new LinkedHashMap<>();
        flows.forEach((flow, waiting) -> {
            if (!waiting.isEmpty()) {
                all.merge(
                        flow.nextHop(),
                        new LaneStatus(flow.nextHop(), waiting.size(), waiting.first().dueAt),
                        (one, other) -> new LaneStatus(
                                one.nextHop(),
                                one.waiting() + other.waiting(),
                                one.nextDueAt().isBefore(other.nextDueAt()) ? one.nextDueAt() : other.nextDueAt()));
            }
        });
        return List.copyOf(all.values());
    }

    @Override
    public CompletionStage<Void> report(DeliveryReport report) {
        Flow flow;
        synchronized (this) {
            if (failures > 0) {
                failures--;
                return CompletableFuture.failedFuture(new java.io.IOException("disk full"));
            }
            Row row = rows.get(report.deliveryId());
            flow = row.flow;
            reports.add(report);
            notices.addAll(report.notices());
            row.claimed = false;
            if (report.attempted()) {
                row.attempts++;
                row.dueAt = report.nextAttemptAt();
            }
            row.delayNoticeSent |= report.delayNoticeSent();
            for (RecipientOutcome outcome : report.outcomes()) {
                lastOutcomes.put(
                        allRecipients.get(outcome.recipientId()).address().toString(), outcome);
                if (report.attempted()) {
                    lastReplies.put(outcome.recipientId(), outcome.reply());
                } else {
                    lastReplies.putIfAbsent(outcome.recipientId(), outcome.reply());
                }
                if (outcome.state() != RecipientState.QUEUED) {
                    row.recipients.remove(outcome.recipientId());
                }
            }
            if (row.recipients.isEmpty()) {
                finished++;
                rows.remove(row.id);
            } else {
                put(row);
            }
        }
        tell(flow);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onChange(Consumer<Flow> listener) {
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
