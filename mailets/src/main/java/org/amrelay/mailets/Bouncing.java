// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.dsn.NoticeWriter;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.james.Action;
import org.amrelay.james.OutgoingMail;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Refuses a mail for good and tells its sender, unless he is nobody or wants no notice. Safe for several threads. */
record Bouncing(Clock clock, NoticeTemplates languages, SecureRandom random) {
    /**
     * Sends the notice, if any, and says what became of the recipients. Blocks on the disk.
     *
     * @param host signs the notice
     * @param by the rule that the ledger names
     */
    Action.End bounce(Mail mail, MailetContext context, String host, Reply reply, String by)
            throws MessagingException, IOException {
        Refusal refusal = Refusal.of(mail, reply);
        Optional<NewMail> notice = refusal.notice(
                new NoticeWriter(NoticeSettings.defaults(host).withTemplates(languages), random), clock.instant());
        if (notice.isPresent()) {
            NewMail sent = notice.get();
            OutgoingMail.send(context, sent.name(), sent.envelope(), sent.content());
        }
        String told = notice.map(sent -> "told by " + sent.name()).orElse("which nobody is told");
        return new Action.End(RecipientState.BOUNCED, by, refusal.reply() + ", " + told);
    }
}
