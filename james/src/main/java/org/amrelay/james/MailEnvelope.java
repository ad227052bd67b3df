// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.apache.mailet.AttributeName;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;

/** The envelope of James' mail as ours, with the DSN parameters of RFC 3461. */
public final class MailEnvelope {
    private static final AttributeName ACCOUNT = AttributeName.of(Mail.SMTP_AUTH_USER_ATTRIBUTE_NAME);

    /** True for a mail whose sender used REQUIRETLS (RFC 8689). */
    public static final AttributeName REQUIRE_TLS = AttributeName.of("org.amrelay.require-tls");

    private MailEnvelope() {}

    public static Envelope of(Mail mail) {
        Optional<DsnParameters> parameters = mail.dsnParameters();
        return new Envelope(
                Addresses.of(mail.getMaybeSender()),
                recipients(mail, parameters),
                DeliveryStatus.envelopeId(parameters),
                DeliveryStatus.returnContent(parameters),
                account(mail),
                requiresTls(mail));
    }

    /** The recipients alone, in the mail's order. */
    public static List<EnvelopeRecipient> recipients(Mail mail) {
        return recipients(mail, mail.dsnParameters());
    }

    private static List<EnvelopeRecipient> recipients(Mail mail, Optional<DsnParameters> parameters) {
        return mail.getRecipients().stream()
                .map(recipient -> DeliveryStatus.recipient(recipient, parameters))
                .toList();
    }

    private static boolean requiresTls(Mail mail) {
        return mail.getAttribute(REQUIRE_TLS)
                .flatMap(attribute -> attribute.getValue().valueAs(Boolean.class))
                .orElse(false);
    }

    /** The account that submitted the mail; empty for mail from the Internet. */
    public static Optional<String> account(Mail mail) {
        return mail.getAttribute(ACCOUNT)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class));
    }
}
