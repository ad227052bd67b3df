// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageContent;

/**
 * A durable delivery that has been claimed for an attempt.
 *
 * @param id of the delivery
 * @param mailName id under which logs and trace show the mail
 * @param envelope of the whole mail, with the recipients of this delivery only
 * @param recipients those that still wait, at least one
 * @param acceptedAt when the relay said 250
 * @param expiresAt when to give up
 * @param attempts how many have ended before this one
 * @param delayNoticeSent whether the sender has already been told of a delay
 */
public record QueuedDelivery(
        long id,
        String mailName,
        Envelope envelope,
        List<QueuedRecipient> recipients,
        NextHop nextHop,
        MessageContent content,
        Instant acceptedAt,
        Instant expiresAt,
        int attempts,
        boolean delayNoticeSent) {
    public QueuedDelivery {
        recipients = List.copyOf(recipients);
    }

    /** The same, given up at another time. */
    public QueuedDelivery expiringAt(Instant time) {
        return new QueuedDelivery(
                id, mailName, envelope, recipients, nextHop, content, acceptedAt, time, attempts, delayNoticeSent);
    }
}
