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
 * Matches recipients by their domain.
 *
 * <p>{@code example.org} is that domain alone, {@code *.example.org} every domain below it. Looks nothing up.
 */
public final class RecipientDomainIs extends RelayMatcher<RecipientDomainIs.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "domains to match, *.domain for those below it",
                    example = "example.org, *.example.org")
            Set<DomainPattern> domains) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return mail.getRecipients().stream()
                .filter(recipient -> DomainPattern.anyMatches(
                        settings.domains(), recipient.getDomain().asString()))
                .toList();
    }
}
