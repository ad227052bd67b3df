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
 * Matches recipients in domains that are neither this relay's own nor those listed here.
 *
 * <p>The opposite of {@code RecipientIsRelayed}: where mail leaves the house.
 */
public final class RecipientIsElsewhere extends RelayMatcher<RecipientIsElsewhere.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "further domains that count as ours, *.domain for those below it",
                    defaultsTo = "",
                    example = "partner.example")
            Set<DomainPattern> domains) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        OwnDomains own = new OwnDomains(settings.domains(), getMailetContext());
        return mail.getRecipients().stream()
                .filter(recipient -> !own.include(recipient.getDomain()))
                .toList();
    }
}
