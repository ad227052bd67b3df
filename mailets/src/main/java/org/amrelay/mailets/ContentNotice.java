// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.content.RuleMode;
import org.amrelay.james.Addresses;
import org.amrelay.james.OutgoingMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Tells people that content rules hit: which mail, which rules, and masked evidence. Stateless. */
final class ContentNotice {
    private ContentNotice() {}

    /** Sends one mail to all of them, under the null sender so that nobody answers it (RFC 3834 §3.3). */
    static void send(Mail about, ContentDecision decision, MailetContext context, Instant now)
            throws MessagingException, IOException {
        String postmaster = context.getPostmaster().asString();
        String id = "content-" + UUID.randomUUID();
        List<EnvelopeRecipient> to =
                decision.orders().tell().stream().map(EnvelopeRecipient::of).toList();
        String text = text(about, decision, postmaster, id, now);
        MailImpl mail = OutgoingMail.of(
                id,
                Envelope.of(ReversePath.nullSender(), to),
                MessageContent.of(text.getBytes(StandardCharsets.UTF_8)));
        try {
            context.sendMail(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static String text(Mail about, ContentDecision decision, String postmaster, String id, Instant now) {
        String host = postmaster.substring(postmaster.lastIndexOf('@') + 1);
        String to =
                decision.orders().tell().stream().map(EmailAddress::toString).collect(Collectors.joining(",\r\n "));
        String hits = decision.hits().stream()
                .filter(hit -> hit.mode() == RuleMode.ENFORCE)
                .map(ContentHit::toString)
                .collect(Collectors.joining("\r\n"));
        return String.join(
                "\r\n",
                "From: <" + postmaster + ">",
                "To: " + to,
                "Subject: Content rules hit mail " + about.getName(),
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)),
                "Message-ID: <" + id + "@" + host + ">",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=UTF-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                "Mail: " + about.getName(),
                "Sender: " + Addresses.of(about.getMaybeSender()),
                "Recipients: "
                        + decision.recipients().stream()
                                .map(EmailAddress::toString)
                                .limit(20)
                                .collect(Collectors.joining(", ")),
                "",
                hits,
                "");
    }
}
