// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.envelope.EnvelopeRecipient;

/**
 * A delivery that shall be made durable: recipients of one mail that go to the same next hop.
 *
 * @param nextHop where to
 * @param recipients at least one
 * @param firstAttemptAt not before
 * @param expiresAt when to give up; the sender is told then
 */
public record NewDelivery(
        NextHop nextHop, List<EnvelopeRecipient> recipients, Instant firstAttemptAt, Instant expiresAt) {
    public NewDelivery {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a delivery needs a recipient");
        }
    }
}
