// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.Verdicts;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail whose author's domain takes responsibility for it: DMARC passed, or the domain has no policy and SPF or
 * DKIM passed for this very domain.
 *
 * <p>Needs the verdicts of the hook Authenticate; mail without them does not match.
 */
public final class SenderIsAligned extends RelayMatcher<SenderIsAligned.Settings> {
    /** No condition. */
    public record Settings() {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                Verdicts.of(mail)
                        .filter(results -> AuthorVerdict.of(results)
                                .filter(author -> author.isAligned(results))
                                .isPresent())
                        .isPresent());
    }
}
