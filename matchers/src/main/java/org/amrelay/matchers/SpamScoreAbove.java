// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.SpamVerdict;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail that got more than so many points from the mailet ScoreSpam.
 *
 * <p>Mail that was not scored has no points and does not match.
 */
public final class SpamScoreAbove extends RelayMatcher<SpamScoreAbove.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(description = "points; the mail needs more to match", example = "8.5")
            double points) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                SpamVerdict.of(mail)
                        .filter(verdict -> verdict.score() > settings.points())
                        .isPresent());
    }
}
