// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.MailDate;

/** Takes the messages that an account has attached to a mail as lessons, at most {@value #MOST} of one mail. Stateless. */
public final class ForwardedLessons {
    private static final int MOST = 50;
    private static final int LARGEST = 1_048_576;

    private final SpamLessons lessons;

    public ForwardedLessons(SpamLessons lessons) {
        this.lessons = lessons;
    }

    /**
     * Learns each attached message (message/rfc822, or a file whose name ends in .eml) as far as its first megabyte.
     *
     * @return how many were learned
     * @throws IOException when the mail cannot be read
     */
    public int learn(MessageView mail, boolean isSpam, String account, Instant now) throws IOException {
        int learned = 0;
        int seen = 0;
        for (MessagePart part : mail.parts()) {
            if (isMessage(part) && seen++ < MOST) {
                try (InputStream in = part.open()) {
                    MessageView view = MessageView.of(MessageContent.of(in.readNBytes(LARGEST)), Specimen.limits());
                    learned += lessons.teach(view, origin(now), isSpam, Optional.of(account)) ? 1 : 0;
                }
            }
        }
        return learned;
    }

    private static boolean isMessage(MessagePart part) {
        boolean attached = part.type().is("message/rfc822") || part.type().is("message/global");
        boolean file = part.name()
                .map(name -> name.toLowerCase(Locale.ROOT).endsWith(".eml"))
                .orElse(false);
        return part.depth() <= 2 && (attached || file);
    }

    private static KnownOrigin origin(Instant now) {
        return new KnownOrigin(
                Optional.empty(), Optional.empty(), "", Optional.empty(), false, Optional.empty(), Optional.of(now));
    }

    /**
     * What somebody reads who has attached no message.
     *
     * @param address to which the mail went
     * @param id left of the at-sign of its Message-ID
     */
    public static MessageContent howTo(
            EmailAddress postmaster, EmailAddress sender, EmailAddress address, String id, Instant now) {
        return MessageContent.of(("From: Postmaster <" + postmaster + ">\r\nTo: <" + sender + ">\r\n"
                        + "Subject: Nothing was learned from your mail to " + address + "\r\nDate: "
                        + MailDate.format(now)
                        + "\r\nMessage-ID: <" + id + '@' + postmaster.domain() + ">\r\nAuto-Submitted: auto-replied\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                        + "No message was attached to your mail, or you have taught as much as you may in a day.\r\n"
                        + "Forward the message as an attachment, so that its header is kept, and send it again.\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
