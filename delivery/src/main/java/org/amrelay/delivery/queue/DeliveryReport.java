// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;

/**
 * The end of one attempt; storage makes all of it durable in one transaction.
 *
 * @param deliveryId the claimed delivery; its claim ends with the report
 * @param at when the attempt ended
 * @param outcomes one for each recipient of the claim
 * @param nextAttemptAt for the recipients that stay queued; ignored when there are none
 * @param delayNoticeSent whether one of the notices tells of the delay (kept for later attempts)
 * @param notices mails to the sender about failures, delays and successes, usually none or one
 */
public record DeliveryReport(
        long deliveryId,
        Instant at,
        List<RecipientOutcome> outcomes,
        Instant nextAttemptAt,
        boolean delayNoticeSent,
        List<NewMail> notices) {
    public DeliveryReport {
        outcomes = List.copyOf(outcomes);
        notices = List.copyOf(notices);
    }
}
