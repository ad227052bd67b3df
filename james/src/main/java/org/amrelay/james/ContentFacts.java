// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Instant;
import java.util.function.Predicate;
import org.amrelay.filtering.content.MailFacts;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;

/** What James' mail knows beside its message, for the content rules. */
public final class ContentFacts {
    private static final AttributeName PROTOCOL = AttributeName.of("org.amrelay.protocol");

    private ContentFacts() {}

    /** @param isOwn whether the relay takes mail for a domain */
    public static MailFacts of(Mail mail, Predicate<String> isOwn, Instant now) {
        return new MailFacts(
                Addresses.of(mail.getMaybeSender()),
                MailEnvelope.account(mail).isPresent(),
                isOwn,
                Verdicts.of(mail),
                SpamVerdict.of(mail).map(SpamVerdict::score),
                now);
    }

    /** Whether the relay wrote the mail itself: a notice about what a rule has found must not be found by it. */
    public static boolean isOwnMail(Mail mail) {
        boolean withoutPort = mail.getMaybeSender().isNullSender()
                && "127.0.0.1".equals(mail.getRemoteAddr())
                && mail.getAttribute(PROTOCOL).isEmpty();
        return withoutPort
                || mail.getAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE.getName()).isPresent();
    }
}
