// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.dsn.Notice;
import org.amrelay.delivery.dsn.NoticeRecipient;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.recipient.RecipientState;

/**
 * What the fates of an attempt mean: the new states, the time of the next attempt and the notices that are due.
 *
 * <p>Pure.
 *
 * @param outcomes one per recipient
 * @param nextAttemptAt for those that stay queued
 * @param notices what the sender is to be told
 * @param tellsOfDelay whether one of them tells of a delay
 */
record Conclusion(List<RecipientOutcome> outcomes, Instant nextAttemptAt, List<Notice> notices, boolean tellsOfDelay) {

    static Conclusion of(
            QueuedDelivery delivery,
            List<Fate> fates,
            Instant now,
            Optional<Instant> notBefore,
            RetrySchedule schedule,
            RandomGenerator random) {
        boolean expired = !now.isBefore(delivery.expiresAt());
        boolean delayed = !delivery.delayNoticeSent()
                && !now.isBefore(delivery.acceptedAt().plus(schedule.delayNotice()));
        List<RecipientOutcome> outcomes = new ArrayList<>();
        List<NoticeRecipient> failures = new ArrayList<>();
        List<NoticeRecipient> delays = new ArrayList<>();
        List<NoticeRecipient> successes = new ArrayList<>();
        for (int i = 0; i < fates.size(); i++) {
            QueuedRecipient recipient = delivery.recipients().get(i);
            Fate fate = fates.get(i);
            RecipientState state = state(fate, expired);
            outcomes.add(new RecipientOutcome(
                    recipient.id(), state, fate.reply(), fate.peer(), fate.tls(), fate.kind() == Kind.IN_DOUBT));
            NoticeRecipient told = new NoticeRecipient(recipient.recipient(), fate.reply(), fate.peer());
            switch (state) {
                case BOUNCED, EXPIRED -> addIfWanted(Notify.FAILURE, told, failures);
                case QUEUED -> {
                    if (delayed) {
                        addIfWanted(Notify.DELAY, told, delays);
                    }
                }
                case DELIVERED -> {
                    if (!fate.passedDsnOn()) {
                        addIfWanted(Notify.SUCCESS, told, successes);
                    }
                }
                default -> throw new IllegalStateException("no attempt leads to " + state);
            }
        }
        List<Notice> notices = new ArrayList<>();
        addNotice(expired ? Notice.Kind.EXPIRED : Notice.Kind.FAILED, failures, notices);
        addNotice(Notice.Kind.DELAYED, delays, notices);
        addNotice(Notice.Kind.RELAYED, successes, notices);
        return new Conclusion(outcomes, next(delivery, now, notBefore, schedule, random), notices, !delays.isEmpty());
    }

    private static RecipientState state(Fate fate, boolean expired) {
        return switch (fate.kind()) {
            case ACCEPTED -> RecipientState.DELIVERED;
            case REFUSED -> RecipientState.BOUNCED;
            case LATER, NEXT_TRANSACTION, IN_DOUBT -> expired ? RecipientState.EXPIRED : RecipientState.QUEUED;
        };
    }

    private static void addIfWanted(Notify kind, NoticeRecipient recipient, List<NoticeRecipient> all) {
        if (recipient.recipient().wants(kind)) {
            all.add(recipient);
        }
    }

    private static void addNotice(Notice.Kind kind, List<NoticeRecipient> recipients, List<Notice> notices) {
        if (!recipients.isEmpty()) {
            notices.add(new Notice(kind, recipients));
        }
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
