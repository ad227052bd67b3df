// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
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
 * @param requireTls whether the sender forbids passing the mail on without verified TLS (REQUIRETLS, RFC 8689)
 */
public record Envelope(
        ReversePath sender,
        List<EnvelopeRecipient> recipients,
        Optional<String> envelopeId,
        Optional<ReturnContent> returnContent,
        Optional<String> account,
        boolean requireTls) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /** Of a notice that nobody answers: from the null sender to one recipient. */
    public static Envelope notice(EmailAddress recipient) {
        return new Envelope(
                ReversePath.nullSender(),
                List.of(EnvelopeRecipient.of(recipient)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same for others, in all else. */
    public Envelope to(List<EnvelopeRecipient> others) {
        return new Envelope(sender, others, envelopeId, returnContent, account, requireTls);
    }

    /** The same under another sender. */
    public Envelope from(ReversePath other) {
        return new Envelope(other, recipients, envelopeId, returnContent, account, requireTls);
    }

    /** The same with or without REQUIRETLS. */
    public Envelope withRequireTls(boolean required) {
        return new Envelope(sender, recipients, envelopeId, returnContent, account, required);
    }

    public static Envelope of(ReversePath sender, List<EnvelopeRecipient> recipients) {
        return new Envelope(sender, recipients, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
