// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import org.amrelay.james.ClientScore;
import org.amrelay.james.RelayMatcher;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail whose client got more than so many points from the hooks CheckDnsLists, CheckGreeting and
 * CheckSenderDomain.
 *
 * <p>Mail that none of them saw has no points.
 */
public final class ClientScoreAbove extends RelayMatcher<ClientScoreAbove.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(description = "points; the mail needs more to match", example = "2.5")
            double points) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(mail, ClientScore.of(mail).points() > settings.points());
    }
}
