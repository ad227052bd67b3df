// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Instant;
import java.util.Optional;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.mail.address.Network;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;

/** What James' mail knows of where a message comes from, for the spam checks. */
public final class MailOrigin {
    private static final AttributeName HELO = Mail.SMTP_HELO;

    private MailOrigin() {}

    /** Accounts have the names of their addresses. */
    private static Optional<String> reader(Mail mail) {
        return mail.getRecipients().size() == 1
                ? mail.getRecipients().stream().findFirst().map(MailAddress::asString)
                : Optional.empty();
    }

    public static KnownOrigin of(Mail mail, Instant now) {
        return new KnownOrigin(
                Optional.of(mail.getMaybeSender().asString("")),
                Optional.ofNullable(mail.getRemoteAddr()).flatMap(Network::literal),
                mail.getAttribute(HELO)
                        .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                        .orElse(""),
                Verdicts.of(mail),
                MailEnvelope.account(mail).isPresent(),
                reader(mail),
                Optional.of(now));
    }
}
