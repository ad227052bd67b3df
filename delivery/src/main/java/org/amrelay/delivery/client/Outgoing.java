// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;

/**
 * One message for one transaction.
 *
 * @param sender the reverse path
 * @param recipients at least one
 * @param envelopeId passed on when the server knows DSN (RFC 3461 §5.2.1)
 * @param returnContent passed on likewise
 * @param content not dot-stuffed
 * @param requireTls passed on; the caller has seen to it that the session is verified and the server knows it (RFC 8689)
 */
public record Outgoing(
        ReversePath sender,
        List<EnvelopeRecipient> recipients,
        Optional<String> envelopeId,
        Optional<ReturnContent> returnContent,
        MessageContent content,
        boolean requireTls) {
    public Outgoing {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a transaction needs a recipient");
        }
    }

    /** A mail to some of its recipients. */
    public static Outgoing of(Envelope envelope, List<EnvelopeRecipient> recipients, MessageContent content) {
        return new Outgoing(
                envelope.sender(),
                recipients,
                envelope.envelopeId(),
                envelope.returnContent(),
                content,
                envelope.requireTls());
    }

    /** The same message to others. */
    public Outgoing to(List<EnvelopeRecipient> others) {
        return new Outgoing(sender, others, envelopeId, returnContent, content, requireTls);
    }

    /** The same message in another form. */
    Outgoing with(MessageContent other) {
        return new Outgoing(sender, recipients, envelopeId, returnContent, other, requireTls);
    }
}
