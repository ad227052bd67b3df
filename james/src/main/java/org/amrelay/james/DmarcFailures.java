// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.time.Instant;
import javax.mail.MessagingException;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.authentication.report.failure.FailedMessage;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.mail.message.HeaderSection;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of mail that failed DMARC, when somebody listens and its author's domain wants to hear of it (RFC 9991). */
public final class DmarcFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(DmarcFailures.class);

    private DmarcFailures() {}

    /**
     * Reads the header only when there is something to tell; never stands in the way of the mail.
     *
     * @param refused whether the mail is refused because of the verdict, which is attached to it
     */
    public static void tell(VerdictLog log, MessageVerdict verdict, Mail mail, boolean refused, Instant at) {
        String sender = mail.getMaybeSender().asString("");
        if (!log.takesFailures() || !FailedMessage.isWanted(verdict, sender)) {
            return;
        }
        String results =
                Verdicts.of(mail).map(AuthenticationResultsField::payload).orElse("");
        try {
            FailedMessage.of(
                            verdict,
                            HeaderSection.read(MailContent.of(mail)),
                            new FailedMessage.Reception(sender, results, refused, at))
                    .ifPresent(log::failed);
        } catch (MessagingException | IOException unreadable) {
            LOGGER.info("no failure report on {}: {}", mail.getName(), unreadable.toString());
        }
    }
}
