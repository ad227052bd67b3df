// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches mail by what was found out about its origin, as in {@code method=spf, result=fail, softfail}.
 *
 * <p>Needs the verdicts of the hook Authenticate; mail without them does not match. Several signatures have several
 * results, of which one is enough.
 */
public final class AuthenticationResultIs extends RelayMatcher<AuthenticationResultIs.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(description = "spf, dkim, dmarc, arc or iprev", example = "spf")
            String method,

            @Parameter(description = "results of RFC 8601 that match, such as pass or fail", example = "fail, softfail")
            Set<String> result) {
        private static final Set<String> METHODS = Set.of("spf", "dkim", "dmarc", "arc", "iprev");

        /** Words are compared in lower case. */
        public Settings {
            method = method.toLowerCase(Locale.ROOT);
            result = Set.copyOf(
                    result.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList());
            if (!METHODS.contains(method)) {
                throw new IllegalArgumentException(
                        "'method': '" + method + "' is none of spf, dkim, dmarc, arc, iprev");
            }
        }
    }

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                Verdicts.of(mail)
                        .filter(results -> results.of(settings.method()).stream()
                                .anyMatch(found -> settings.result().contains(found.result())))
                        .isPresent());
    }
}
