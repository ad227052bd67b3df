// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/**
 * What is known of a mail beside its message.
 *
 * @param fromAccount whether an account submitted it
 * @param isOwn whether this relay takes mail for a domain
 * @param spamScore empty when it was not scored
 */
public record MailFacts(
        ReversePath sender,
        boolean fromAccount,
        Predicate<String> isOwn,
        Optional<AuthenticationResults> authentication,
        Optional<Double> spamScore,
        Instant now) {
    MailDirection direction(EmailAddress recipient) {
        if (!fromAccount) {
            return MailDirection.INBOUND;
        }
        return isOwn.test(recipient.domain()) ? MailDirection.INTERNAL : MailDirection.OUTBOUND;
    }
}
