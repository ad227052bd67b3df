// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;

/**
 * A delivery that shall be made durable: recipients of one mail that go to the same next hop.
 *
 * @param nextHop where to
 * @param recipients at least one
 * @param firstAttemptAt not before
 * @param expiresAt when to give up; the sender is told then
 * @param returnPath of its one recipient in the place of the mail's sender; empty for the mail's
 */
public record NewDelivery(
        NextHop nextHop,
        List<EnvelopeRecipient> recipients,
        Instant firstAttemptAt,
        Instant expiresAt,
        Optional<EmailAddress> returnPath) {
    public NewDelivery {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a delivery needs a recipient");
        }
        if (returnPath.isPresent() && recipients.size() > 1) {
            throw new IllegalArgumentException("a return path of its own is for one recipient");
        }
    }

    /** Under the mail's sender. */
    public NewDelivery(NextHop nextHop, List<EnvelopeRecipient> recipients, Instant firstAttemptAt, Instant expiresAt) {
        this(nextHop, recipients, firstAttemptAt, expiresAt, Optional.empty());
    }

    /** The same for some of its recipients. */
    public NewDelivery to(List<EnvelopeRecipient> some) {
        return new NewDelivery(nextHop, some, firstAttemptAt, expiresAt, returnPath);
    }

    /** The sender of the envelope as it goes out. */
    public ReversePath sender(ReversePath ofTheMail) {
        return returnPath.map(ReversePath::of).orElse(ofTheMail);
    }
}
