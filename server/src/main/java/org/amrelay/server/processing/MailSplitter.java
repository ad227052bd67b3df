// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.server.queue.ContentMessage;
import org.amrelay.server.queue.OpenItem;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;

/**
 * Takes some recipients of a mail apart, into a mail of their own with the same attributes and message.
 *
 * <p>A message that nobody has changed is shared, not copied. Stateless.
 */
final class MailSplitter {
    private MailSplitter() {}

    /** The recipients that matched, in the mail's order, without those that the mail does not have. */
    static List<MailAddress> common(Mail mail, Collection<MailAddress> matched) {
        Set<MailAddress> wanted = new LinkedHashSet<>(matched);
        return mail.getRecipients().stream().filter(wanted::contains).toList();
    }

    /** Moves the recipients out of the mail; those that stay are at least one. */
    static Mail split(OpenItem item, Mail mail, List<MailAddress> apart) throws MessagingException {
        List<MailAddress> rest = new ArrayList<>(mail.getRecipients());
        rest.removeAll(apart);
        String name = item.nextCopyName();
        String original = mail.getName();
        // James derives a random name and refuses to when it has done so some times; ours counts
        mail.setName(name);
        MailImpl part;
        try {
            part = MailImpl.duplicateWithoutMessage(mail).build();
        } finally {
            mail.setName(original);
        }
        part.setName(name);
        part.setState(mail.getState());
        part.setRecipients(apart);
        mail.setRecipients(rest);
        if (mail.getMessage() != null) {
            part.setMessageNoCopy(ContentMessage.copyOf(mail.getMessage()));
        }
        item.addPart(part);
        return part;
    }
}
