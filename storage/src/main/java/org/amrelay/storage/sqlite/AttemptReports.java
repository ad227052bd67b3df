// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;

/** Makes the end of an attempt durable, with the notices to the sender, which enter the spool like any mail. */
final class AttemptReports {
    private static final String OUTCOME = """
            UPDATE recipient SET state = ?2, changed_at = ?3, reply = ?4, peer = ?5, tls = ?6, in_doubt = in_doubt | ?7
            WHERE id = ?1 AND state = ?8""";
    /** What is said without an attempt does not take the place of a server's words. */
    private static final String UNTRIED =
            "UPDATE recipient SET reply = ?2 WHERE id = ?1 AND reply IS NULL AND state = ?3";
    /** The processor with which James starts. */
    private static final String FIRST_PROCESSOR = "root";

    private final Parts parts;
    private final Consumer<String> spoolListener;
    private final Consumer<Flow> laneListener;

    AttemptReports(Parts parts, Consumer<String> spoolListener, Consumer<Flow> laneListener) {
        this.parts = parts;
        this.spoolListener = spoolListener;
        this.laneListener = laneListener;
    }

    CompletableFuture<Void> write(DeliveryReport report) {
        Optional<PreparedDelivery> claimed = parts.deliveryClaims().tried(report.deliveryId());
        if (claimed.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("delivery " + report.deliveryId() + " is not claimed"));
        }
        PreparedDelivery delivery = claimed.get();
        List<PreparedItem> notices;
        try {
            requireWhole(delivery, report);
            notices = parts.intake()
                    .prepareAll(report.notices().stream()
                            .map(notice -> toSpool(notice, report))
                            .toList());
        } catch (StorageUnavailable | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        long weight = notices.stream().mapToLong(PreparedItem::weight).sum();
        return parts.writer()
                .submit(weight, tables -> write(tables, delivery, report, notices), end -> committed(end, notices))
                .whenComplete((end, failure) -> {
                    if (failure != null) {
                        notices.forEach(parts.intake()::abandon);
                    } else {
                        announce(delivery, end, notices);
                    }
                })
                .thenRun(() -> {});
    }

    private static void requireWhole(PreparedDelivery delivery, DeliveryReport report) {
        Set<Long> missing = new HashSet<>();
        delivery.queued().recipients().forEach(recipient -> missing.add(recipient.id()));
        for (RecipientOutcome outcome : report.outcomes()) {
            MailRows.requireLegal(outcome.recipientId(), from(delivery), outcome.state());
            boolean heldForNothing = outcome.state() == RecipientState.HELD && !outcome.inDoubt();
            if (heldForNothing || !missing.remove(outcome.recipientId())) {
                throw new IllegalStateException("recipient " + outcome.recipientId() + " cannot be " + outcome.state()
                        + " by delivery " + report.deliveryId());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the report on delivery " + report.deliveryId() + " leaves out the recipients " + missing);
        }
    }

    /** Only what is cancelled is held when it is reported. */
    private static RecipientState from(PreparedDelivery delivery) {
        return delivery.held() ? RecipientState.HELD : RecipientState.QUEUED;
    }

    private static NewSpoolItem toSpool(NewMail notice, DeliveryReport report) {
        StoredMail mail = new StoredMail(
                notice.name(),
                notice.envelope(),
                notice.content(),
                FIRST_PROCESSOR,
                Optional.empty(),
                Map.of(),
                Origin.within(),
                report.at());
        return NewSpoolItem.of(Spool.MAIN, mail);
    }

    /**
     * What the report left.
     *
     * @param waiting the recipients that stay queued
     * @param held the delivery of those that wait for an operator, if there are any
     * @param mailEnded whether the mail's bodies are gone
     */
    private record End(
            PreparedDelivery delivery, List<Long> waiting, OptionalLong held, long dueAt, boolean mailEnded) {}

    private End write(Statements tables, PreparedDelivery delivery, DeliveryReport report, List<PreparedItem> notices)
            throws SQLException {
        long at = report.at().toEpochMilli();
        List<Long> waiting = new ArrayList<>();
        List<Long> doubtful = new ArrayList<>();
        EventLines lines = new EventLines();
        for (RecipientOutcome outcome : report.outcomes()) {
            if (!report.attempted() && outcome.state() == RecipientState.QUEUED) {
                tables.update(
                        UNTRIED, outcome.recipientId(), ReplyText.of(outcome.reply()), RecipientState.QUEUED.number());
            } else {
                writeOutcome(tables, outcome, from(delivery), at);
                lines.add("attempt", words(delivery, outcome));
            }
            if (outcome.state() == RecipientState.QUEUED) {
                waiting.add(outcome.recipientId());
            } else if (outcome.state() == RecipientState.HELD) {
                doubtful.add(outcome.recipientId());
            }
        }
        OptionalLong held = hold(tables, delivery, report, waiting, doubtful, lines);
        boolean mailEnded = rest(tables, delivery, report, waiting, doubtful, lines);
        for (PreparedItem notice : notices) {
            parts.intake().write(tables, notice);
            lines.add("notice", "mail " + notice.item().mail().name() + " tells the sender");
        }
        MailRows.event(tables, delivery.mail(), at, lines.toString());
        return new End(delivery, waiting, held, dueAt(delivery, report), mailEnded);
    }

    private static long dueAt(PreparedDelivery delivery, DeliveryReport report) {
        return report.attempted() ? report.nextAttemptAt().toEpochMilli() : delivery.dueAt();
    }

    /** What becomes of the delivery itself; true when the mail's bodies are gone with it. */
    private boolean rest(
            Statements tables,
            PreparedDelivery delivery,
            DeliveryReport report,
            List<Long> waiting,
            List<Long> doubtful,
            EventLines lines)
            throws SQLException {
        boolean told = report.delayNoticeSent() || delivery.queued().delayNoticeSent();
        long dueAt = report.nextAttemptAt().toEpochMilli();
        if (!waiting.isEmpty() && !report.attempted()) {
            parts.deliveryRows().untried(tables, delivery.id(), told, waiting);
            lines.add("deferred", "delivery " + delivery.id() + " is delayed and waits on");
            return false;
        }
        if (!waiting.isEmpty()) {
            parts.deliveryRows().tried(tables, delivery.id(), dueAt, told, waiting);
            lines.add("deferred", "delivery " + delivery.id() + " is tried again at " + report.nextAttemptAt());
            return false;
        }
        if (!doubtful.isEmpty()) {
            parts.deliveryRows().tried(tables, delivery.id(), dueAt, told, doubtful);
            parts.deliveryRows().hold(tables, delivery.id());
            return false;
        }
        parts.deliveryRows().delete(tables, delivery.id());
        boolean mailEnded = !MailRows.hasOpen(tables, delivery.mail());
        if (mailEnded) {
            parts.bodies().delete(tables, delivery.mail());
        }
        return mailEnded;
    }

    /** Those in doubt wait apart when others are tried again; the delivery that holds them is new then, or the same. */
    private OptionalLong hold(
            Statements tables,
            PreparedDelivery delivery,
            DeliveryReport report,
            List<Long> waiting,
            List<Long> doubtful,
            EventLines lines)
            throws SQLException {
        if (doubtful.isEmpty()) {
            return OptionalLong.empty();
        }
        long holder = waiting.isEmpty() ? delivery.id() : parts.ids().next();
        if (holder != delivery.id()) {
            parts.deliveryRows()
                    .splitHeld(
                            tables,
                            delivery.id(),
                            holder,
                            report.nextAttemptAt().toEpochMilli(),
                            doubtful);
        }
        for (long recipient : doubtful) {
            MailRows.heldBy(tables, recipient, holder, "delivery.in-doubt");
        }
        lines.add("held", "delivery " + holder + ": the answer to the whole message was lost, release or cancel it");
        return OptionalLong.of(holder);
    }

    private static void writeOutcome(Statements tables, RecipientOutcome outcome, RecipientState from, long at)
            throws SQLException {
        int changed = tables.update(
                OUTCOME,
                outcome.recipientId(),
                outcome.state().number(),
                at,
                ReplyText.of(outcome.reply()),
                outcome.peer(),
                outcome.tls(),
                outcome.inDoubt() ? 1 : 0,
                from.number());
        if (changed != 1) {
            throw MailRows.wrongState(tables, outcome.recipientId(), from, outcome.state());
        }
    }

    private static String words(PreparedDelivery delivery, RecipientOutcome outcome) {
        String address = delivery.queued().recipients().stream()
                .filter(recipient -> recipient.id() == outcome.recipientId())
                .map(QueuedRecipient::recipient)
                .findFirst()
                .map(recipient -> recipient.address().toString())
                .orElse("?");
        return address + " " + outcome.state() + (outcome.inDoubt() ? " (in doubt)" : "") + " "
                + (outcome.peer().isEmpty() ? "" : "by " + outcome.peer() + " ")
                + (outcome.tls().isEmpty() ? "" : "over " + outcome.tls() + " ") + outcome.reply();
    }

    private void committed(End end, List<PreparedItem> notices) {
        PreparedDelivery delivery = end.delivery();
        parts.deliveryClaims().release(delivery.id());
        if (!end.waiting().isEmpty()) {
            parts.laneIndex().waits(delivery.flow(), delivery.id(), end.dueAt());
            end.held().ifPresent(holder -> parts.laneIndex().came(delivery.flow(), holder, end.dueAt(), true));
        } else if (end.held().isEmpty()) {
            parts.laneIndex().went();
        }
        if (end.mailEnded()) {
            parts.bodies().forget(delivery.mail());
        }
        notices.forEach(parts.intake()::committed);
    }

    private void announce(PreparedDelivery delivery, End end, List<PreparedItem> notices) {
        if (!end.waiting().isEmpty()) {
            laneListener.accept(delivery.flow());
        }
        if (!notices.isEmpty()) {
            spoolListener.accept(Spool.MAIN);
        }
    }
}
