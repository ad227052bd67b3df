// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;

/**
 * The end of one attempt, or of a look at what gets none; storage makes all of it durable in one transaction.
 *
 * @param deliveryId the claimed delivery; its claim ends with the report
 * @param at when the attempt ended
 * @param outcomes one for each recipient of the claim
 * @param nextAttemptAt for the recipients that stay queued; ignored when there are none
 * @param delayNoticeSent whether one of the notices tells of the delay (kept for later attempts)
 * @param attempted whether there was an attempt; without one what stays queued keeps its due time, the count of its attempts and
 *     the last reply, if there was any
 * @param notices mails to the sender about failures, delays and successes, usually none or one
 */
public record DeliveryReport(
        long deliveryId,
        Instant at,
        List<RecipientOutcome> outcomes,
        Instant nextAttemptAt,
        boolean delayNoticeSent,
        boolean attempted,
        List<NewMail> notices) {
    public DeliveryReport {
        outcomes = List.copyOf(outcomes);
        notices = List.copyOf(notices);
    }

    /** Of an attempt. */
    public DeliveryReport(
            long deliveryId,
            Instant at,
            List<RecipientOutcome> outcomes,
            Instant nextAttemptAt,
            boolean delayNoticeSent,
            List<NewMail> notices) {
        this(deliveryId, at, outcomes, nextAttemptAt, delayNoticeSent, true, notices);
    }
}
