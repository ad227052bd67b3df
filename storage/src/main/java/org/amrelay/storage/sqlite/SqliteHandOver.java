// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.amrelay.storage.spool.TraceStep;

/** Ends processing in one transaction. */
final class SqliteHandOver implements HandOver {
    private final Parts parts;
    private final SqliteSpool spool;
    private final SqliteDeliveries deliveries;
    private final RepositoryRows repositories;

    SqliteHandOver(Parts parts, SqliteSpool spool, SqliteDeliveries deliveries, RepositoryRows repositories) {
        this.parts = parts;
        this.spool = spool;
        this.deliveries = deliveries;
        this.repositories = repositories;
    }

    @Override
    public CompletionStage<Void> complete(long spoolId, SpoolOutcome outcome) {
        Optional<SpoolItem> claimed = spool.claimed(spoolId);
        if (claimed.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("item " + spoolId + " is not claimed"));
        }
        Prepared prepared;
        try {
            prepared = prepare(claimed.get(), outcome);
        } catch (StorageUnavailable | IllegalStateException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return parts.writer()
                .submit(
                        prepared.weight(),
                        tables -> {
                            write(tables, prepared);
                            return prepared;
                        },
                        this::committed)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        announce(prepared);
                    } else {
                        abandon(prepared);
                    }
                })
                .thenRun(() -> {});
    }

    private record Prepared(
            SpoolItem item,
            HandOverPlan plan,
            List<PreparedItem> spawned,
            List<PreparedStore> stored,
            String lines,
            long now) {
        boolean isAccounted() {
            return item.queue().equals(Spool.MAIN);
        }

        long weight() {
            return plan.newBodies().stream().mapToLong(PreparedBody::weight).sum()
                    + spawned.stream().mapToLong(PreparedItem::weight).sum()
                    + stored.stream().mapToLong(store -> store.body().weight()).sum();
        }
    }

    private Prepared prepare(SpoolItem item, SpoolOutcome outcome) {
        boolean accounted = item.queue().equals(Spool.MAIN);
        if (!accounted
                && !(outcome.deliveries().isEmpty()
                        && outcome.fates().isEmpty()
                        && outcome.quarantined().isEmpty())) {
            throw new IllegalStateException("the plain queue " + item.queue() + " accounts for no recipients");
        }
        SpoolItem planned = accounted ? item : withoutRecipients(item);
        HandOverPlan plan = new HandOverPlan(planned, outcome, parts.ids(), parts.bodies());
        List<PreparedItem> spawned = List.of();
        List<PreparedStore> stored = new ArrayList<>();
        try {
            spawned = parts.intake().prepareAll(outcome.spawned());
            outcome.stored().forEach(store -> stored.add(repositories.prepare(store)));
        } catch (RuntimeException e) {
            plan.abandon();
            spawned.forEach(parts.intake()::abandon);
            stored.forEach(store -> parts.bodies().forget(store.id()));
            throw e;
        }
        String lines = accounted ? lines(plan, outcome, spawned) : "";
        return new Prepared(item, plan, spawned, stored, lines, parts.clock().millis());
    }

    private static SpoolItem withoutRecipients(SpoolItem item) {
        return new SpoolItem(
                item.id(),
                item.queue(),
                new org.amrelay.storage.mail.StoredMail(
                        item.mail().name(),
                        DirectMail.withRecipients(item.mail().envelope(), List.of()),
                        item.mail().content(),
                        item.mail().state(),
                        item.mail().errorMessage(),
                        item.mail().attributes(),
                        item.mail().origin(),
                        item.mail().lastUpdated()),
                item.priority(),
                item.notBefore(),
                item.acceptedAt(),
                item.attempts());
    }

    private static String lines(HandOverPlan plan, SpoolOutcome outcome, List<PreparedItem> spawned) {
        EventLines lines = new EventLines();
        for (TraceStep step : outcome.steps()) {
            lines.add(
                    "step",
                    step.processor() + " " + step.matcher() + " " + step.mailet() + " " + step.micros() + " us"
                            + (step.changed().isEmpty() ? "" : ": " + step.changed()));
        }
        for (RecipientFate fate : outcome.fates()) {
            String becomes = fate.becomes().isEmpty() ? "" : " to " + fate.becomes();
            lines.add("fate", fate.recipient() + " " + fate.state() + becomes + " by " + fate.by());
        }
        for (PreparedDelivery delivery : plan.deliveries()) {
            QueuedDelivery queued = delivery.queued();
            lines.add(
                    delivery.held() ? "held" : "handed-over",
                    "delivery " + queued.id() + " to " + queued.nextHop() + " for "
                            + queued.recipients().size() + " recipients");
        }
        outcome.stored().forEach(store -> lines.add("stored", "in " + store.url() + " under " + store.key()));
        plan.quarantined().forEach(kept -> lines.add("quarantined", QuarantineRows.words(kept)));
        spawned.forEach(item -> lines.add(
                "sent",
                "mail " + item.item().mail().name() + " into " + item.item().queue()));
        return lines.toString();
    }

    private void write(Statements tables, Prepared prepared) throws SQLException {
        SpoolItem item = prepared.item();
        HandOverPlan plan = prepared.plan();
        if (!parts.spoolRows().delete(tables, item.id())) {
            throw new IllegalStateException("item " + item.id() + " is not in the queue any more");
        }
        for (RecipientStep step : plan.steps()) {
            step.write(tables, prepared.now());
        }
        for (PreparedBody body : plan.newBodies()) {
            parts.bodies().insert(tables, body);
        }
        for (PreparedDelivery delivery : plan.deliveries()) {
            parts.deliveryRows().insert(tables, delivery);
            if (plan.hasOwnPath(delivery)) {
                MailRows.returnPath(tables, delivery.queued());
            }
        }
        if (!plan.needsOriginal()) {
            parts.bodies().deleteOne(tables, Ids.of(item.id(), 0));
        }
        for (PreparedItem spawned : prepared.spawned()) {
            parts.intake().write(tables, spawned);
        }
        for (PreparedQuarantine kept : plan.quarantined()) {
            QuarantineRows.insert(tables, kept, prepared.now());
        }
        for (PreparedStore store : prepared.stored()) {
            repositories.write(tables, store);
        }
        MailRows.event(tables, item.id(), prepared.now(), prepared.lines());
    }

    private void committed(Prepared prepared) {
        SpoolItem item = prepared.item();
        spool.gone(item.id(), item.queue());
        if (!prepared.plan().needsOriginal()) {
            parts.bodies().forgetOne(Ids.of(item.id(), 0));
        }
        deliveries.committed(prepared.plan().deliveries());
        prepared.spawned().forEach(parts.intake()::committed);
        prepared.stored().forEach(repositories::committed);
    }

    private void announce(Prepared prepared) {
        deliveries.announceAll(prepared.plan().deliveries());
        prepared.spawned().stream()
                .map(spawned -> spawned.item().queue())
                .distinct()
                .forEach(spool::announce);
    }

    private void abandon(Prepared prepared) {
        prepared.plan().abandon();
        prepared.spawned().forEach(parts.intake()::abandon);
        prepared.stored().forEach(store -> parts.bodies().forget(store.id()));
    }
}
