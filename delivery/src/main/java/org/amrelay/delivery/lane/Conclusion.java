// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.dsn.Notice;
import org.amrelay.delivery.dsn.NoticeRecipient;
import org.amrelay.delivery.queue.Cancellation;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;

/**
 * What the fates of an attempt mean: the new states, the time of the next attempt and the notices that are due.
 *
 * <p>Pure.
 *
 * @param outcomes one per recipient
 * @param nextAttemptAt for those that stay queued
 * @param notices what the sender is to be told
 */
record Conclusion(List<RecipientOutcome> outcomes, Instant nextAttemptAt, List<Notice> notices) {
    private static final Reply CANCELLED = Reply.of(550, "5.7.1", "cancelled by the operator of this relay");

    static Conclusion of(
            QueuedDelivery delivery,
            List<Fate> fates,
            Instant now,
            Optional<Instant> notBefore,
            RetrySchedule schedule,
            DoubtPolicy inDoubt,
            RandomGenerator random) {
        boolean expired = !now.isBefore(delivery.expiresAt());
        boolean delayed = !delivery.delayNoticeSent()
                && !now.isBefore(delivery.acceptedAt().plus(schedule.delayNotice()));
        List<RecipientOutcome> outcomes = new ArrayList<>();
        Map<Notice.Kind, List<NoticeRecipient>> told = new EnumMap<>(Notice.Kind.class);
        for (int i = 0; i < fates.size(); i++) {
            QueuedRecipient recipient = delivery.recipients().get(i);
            Fate fate = fates.get(i);
            RecipientState state = state(fate, expired, inDoubt);
            outcomes.add(new RecipientOutcome(
                    recipient.id(), state, fate.reply(), fate.peer(), fate.tls(), fate.kind() == Kind.IN_DOUBT));
            noticeOf(state, fate, delayed)
                    .filter(kind -> recipient.recipient().wants(wish(kind)))
                    .ifPresent(kind -> told.computeIfAbsent(kind, k -> new ArrayList<>())
                            .add(new NoticeRecipient(recipient.recipient(), fate.reply(), fate.peer())));
        }
        List<Notice> notices = told.entrySet().stream()
                .map(entry -> new Notice(entry.getKey(), entry.getValue()))
                .toList();
        return new Conclusion(outcomes, next(delivery, now, notBefore, schedule, random), notices);
    }

    /** Of a delivery that an operator took out of the queue. */
    static Conclusion cancelled(Cancellation cancellation, Instant now) {
        List<QueuedRecipient> recipients = cancellation.delivery().recipients();
        List<RecipientOutcome> outcomes = recipients.stream()
                .map(recipient ->
                        new RecipientOutcome(recipient.id(), RecipientState.CANCELLED, CANCELLED, "", "", false))
                .toList();
        List<NoticeRecipient> told = recipients.stream()
                .map(QueuedRecipient::recipient)
                .filter(recipient -> cancellation.tellSender() && recipient.wants(Notify.FAILURE))
                .map(recipient -> new NoticeRecipient(recipient, CANCELLED, ""))
                .toList();
        List<Notice> notices = told.isEmpty() ? List.of() : List.of(new Notice(Notice.Kind.FAILED, told));
        return new Conclusion(outcomes, now, notices);
    }

    /** Whether one of the notices tells of a delay. */
    boolean tellsOfDelay() {
        return notices.stream().anyMatch(notice -> notice.kind() == Notice.Kind.DELAYED);
    }

    private static RecipientState state(Fate fate, boolean expired, DoubtPolicy inDoubt) {
        if (fate.kind() == Kind.IN_DOUBT && inDoubt == DoubtPolicy.HOLD) {
            return RecipientState.HELD;
        }
        return switch (fate.kind()) {
            case ACCEPTED -> RecipientState.DELIVERED;
            case REFUSED -> RecipientState.BOUNCED;
            case LATER, NEXT_TRANSACTION, IN_DOUBT -> expired ? RecipientState.EXPIRED : RecipientState.QUEUED;
        };
    }

    private static Optional<Notice.Kind> noticeOf(RecipientState state, Fate fate, boolean delayed) {
        return switch (state) {
            case BOUNCED -> Optional.of(Notice.Kind.FAILED);
            case EXPIRED -> Optional.of(Notice.Kind.EXPIRED);
            case HELD -> Optional.empty();
            case QUEUED -> delayed ? Optional.of(Notice.Kind.DELAYED) : Optional.empty();
            case DELIVERED -> fate.passedDsnOn() ? Optional.empty() : Optional.of(Notice.Kind.RELAYED);
            default -> throw new IllegalStateException("no attempt leads to " + state);
        };
    }

    private static Notify wish(Notice.Kind kind) {
        return switch (kind) {
            case FAILED, EXPIRED -> Notify.FAILURE;
            case DELAYED -> Notify.DELAY;
            case RELAYED -> Notify.SUCCESS;
        };
    }

    private static Instant next(
            QueuedDelivery delivery,
            Instant now,
            Optional<Instant> notBefore,
            RetrySchedule schedule,
            RandomGenerator random) {
        Instant next = schedule.nextAttempt(delivery.attempts() + 1, now, delivery.expiresAt(), random);
        // Not while the lane rests, but at the time of giving up in any case
        return notBefore
                .filter(rested -> rested.isAfter(next) && rested.isBefore(delivery.expiresAt()))
                .orElse(next);
    }
}
