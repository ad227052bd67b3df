// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import org.amrelay.james.RelayMatcher;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;

/**
 * Matches mail that the relay itself wrote, such as notices and reports.
 *
 * <p>Our server notes on every mail by which protocol it came; mail without such a note was written here. A stock James
 * notes nothing: there the question is of no use.
 */
public final class ComesFromWithin extends RelayMatcher<ComesFromWithin.Settings> {
    private static final AttributeName PROTOCOL = AttributeName.of("org.amrelay.protocol");

    /** No condition. */
    public record Settings() {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return all(
                mail,
                "127.0.0.1".equals(mail.getRemoteAddr())
                        && mail.getAttribute(PROTOCOL).isEmpty());
    }
}
