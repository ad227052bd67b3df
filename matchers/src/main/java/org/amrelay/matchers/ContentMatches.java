// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Set;
import org.amrelay.filtering.content.RuleMode;
import org.amrelay.james.ContentVerdict;
import org.amrelay.james.RelayMatcher;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail that rules of {@code conf/content-rules.yaml} have hit, whether they are enforced or recorded only.
 *
 * <p>Asks no rule itself: the mailet ContentRules in front of it has, and has split recipients for whom different rules are
 * enforced. Mail that it has not seen does not match. Does not block.
 */
public final class ContentMatches extends RelayMatcher<ContentMatches.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "names of rules, of which one is enough; without names any enforced rule",
                    defaultsTo = "",
                    example = "sensitive-to-outside, macros")
            Set<String> rules) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                ContentVerdict.of(mail)
                        .filter(verdict -> verdict.hits().stream()
                                .anyMatch(hit -> settings.rules().isEmpty()
                                        ? hit.mode() == RuleMode.ENFORCE
                                        : settings.rules().contains(hit.rule())))
                        .isPresent());
    }
}
