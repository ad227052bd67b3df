// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Set;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail that failed DMARC, by what the author's domain wants done with it (RFC 9989 §4.7).
 *
 * <p>Needs the verdicts of the hook Authenticate. Mail that passed, has no policy, could not be evaluated, or for which a
 * trusted forwarder vouches does not match.
 */
public final class DmarcPolicyIs extends RelayMatcher<DmarcPolicyIs.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(description = "policies that match: none, quarantine, reject", example = "quarantine, reject")
            Set<Policy> policies) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                Verdicts.of(mail)
                        .flatMap(AuthorVerdict::of)
                        .flatMap(AuthorVerdict::failure)
                        .filter(settings.policies()::contains)
                        .isPresent());
    }
}
