// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMatcher;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** Matches mail by the account that submitted it; mail from the Internet never matches. */
public final class AccountIs extends RelayMatcher<AccountIs.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "accounts to match, in any case",
                    example = "shop@relay.example, billing@relay.example")
            Set<String> accounts) {
        /** Accounts are compared in lower case, as James keeps them. */
        public Settings {
            accounts = Set.copyOf(accounts.stream()
                    .map(account -> account.toLowerCase(Locale.ROOT))
                    .toList());
        }
    }

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                MailEnvelope.account(mail)
                        .filter(account -> settings.accounts().contains(account.toLowerCase(Locale.ROOT)))
                        .isPresent());
    }
}
