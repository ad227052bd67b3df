// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import javax.mail.MessagingException;
import org.amrelay.james.RelayMatcher;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** Matches mail whose message, headers included, is larger than a size. */
public final class MessageLargerThan extends RelayMatcher<MessageLargerThan.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(description = "largest size that does not match", example = "10MB")
            DataSize size) {}

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) throws MessagingException {
        return all(mail, mail.getMessageSize() > settings.size().bytes());
    }
}
