// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Set;
import org.amrelay.james.RelayMatcher;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches recipients for whose domain this relay takes mail from strangers: its own domains and those listed here.
 *
 * <p>Its own domains are James' domain list. Use it in front of the delivery of mail that nobody authenticated for.
 */
public final class RecipientIsRelayed extends RelayMatcher<RecipientIsRelayed.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "further domains to relay for, *.domain for those below it",
                    defaultsTo = "",
                    example = "partner.example")
            Set<DomainPattern> domains) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        OwnDomains own = new OwnDomains(settings.domains(), getMailetContext());
        return mail.getRecipients().stream()
                .filter(recipient -> own.include(recipient.getDomain()))
                .toList();
    }
}
