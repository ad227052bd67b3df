// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.apache.mailet.Mail;

/** Who wrote a message, by its From field (RFC 5322 §3.6.2). */
public final class AuthorAddress {
    private AuthorAddress() {}

    /** Empty unless there is exactly one From field with exactly one plain address. */
    public static Optional<EmailAddress> of(HeaderSection header) {
        List<HeaderField> from = header.named("from");
        if (from.size() != 1) {
            return Optional.empty();
        }
        try {
            InternetAddress[] addresses =
                    InternetAddress.parseHeader(from.get(0).body().strip(), true);
            return addresses.length == 1 && !addresses[0].isGroup()
                    ? Optional.ofNullable(addresses[0].getAddress()).flatMap(EmailAddress::parse)
                    : Optional.empty();
        } catch (AddressException unreadable) {
            return Optional.empty();
        }
    }

    /** The same where DMARC proves the author's domain; else anybody may have written that name. */
    public static Optional<EmailAddress> proven(Mail mail) throws MessagingException {
        Optional<AuthorVerdict> dmarc = Verdicts.of(mail)
                .flatMap(AuthorVerdict::of)
                .filter(verdict -> verdict.result().equals("pass"));
        return dmarc.isEmpty() ? Optional.empty() : of(MailHeader.asReceived(mail));
    }
}
