// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Divides a mail in a stock James: all groups but the first enter the same processor again as mails of their own. */
final class StockDivision {
    private StockDivision() {}

    /** Each group leaves the mail when the spool has it; so a failure in between loses and doubles nobody. */
    static void divide(Mail mail, List<List<MailAddress>> groups, MailetContext context) throws MessagingException {
        for (List<MailAddress> group : groups.subList(Math.min(1, groups.size()), groups.size())) {
            Mail part = mail.duplicate();
            try {
                part.setRecipients(group);
                context.sendMail(part, mail.getState());
            } finally {
                LifecycleUtil.dispose(part);
            }
            mail.setRecipients(mail.getRecipients().stream()
                    .filter(recipient -> !group.contains(recipient))
                    .toList());
        }
    }
}
