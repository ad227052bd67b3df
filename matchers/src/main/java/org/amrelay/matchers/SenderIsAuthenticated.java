// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMatcher;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** Matches mail that an account submitted after it had authenticated. */
public final class SenderIsAuthenticated extends RelayMatcher<SenderIsAuthenticated.Settings> {
    /** No condition. */
    public record Settings() {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(mail, MailEnvelope.account(mail).isPresent());
    }
}
