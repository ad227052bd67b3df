// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.ReversePath;

/**
 * Sender and recipients of one mail, apart from its content.
 *
 * <p>Immutable.
 *
 * @param sender who gets the bounces
 * @param recipients at least one, except for a mail whose recipients have all been dealt with
 * @param envelopeId the ENVID value, xtext-decoded (RFC 3461 §4.4)
 * @param returnContent the RET value (RFC 3461 §4.3)
 * @param account the account that submitted the mail; empty for mail from the Internet and for our own notices
 */
public record Envelope(
        ReversePath sender,
        List<EnvelopeRecipient> recipients,
        Optional<String> envelopeId,
        Optional<ReturnContent> returnContent,
        Optional<String> account) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    public static Envelope of(ReversePath sender, List<EnvelopeRecipient> recipients) {
        return new Envelope(sender, recipients, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
