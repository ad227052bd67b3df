// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.Notice;
import org.amrelay.delivery.dsn.NoticeRecipient;
import org.amrelay.delivery.dsn.NoticeWriter;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.james.MailContent;
import org.amrelay.james.MailEnvelope;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.reply.Reply;
import org.apache.mailet.Mail;

/** A mail that is refused while it is processed, in the words of the delivery engine, which writes such notices. */
record Refusal(String mailName, Envelope envelope, MessageContent content, Instant acceptedAt, Reply reply) {
    static Refusal of(Mail mail, Reply reply) throws MessagingException {
        Instant acceptedAt = mail.getLastUpdated() == null
                ? Instant.EPOCH
                : mail.getLastUpdated().toInstant();
        return new Refusal(mail.getName(), MailEnvelope.of(mail), MailContent.of(mail), acceptedAt, reply);
    }

    /** Empty when the sender is null or wants to hear of no recipient. */
    Optional<NewMail> notice(NoticeWriter writer, Instant now) throws IOException {
        List<EnvelopeRecipient> toTell = envelope.recipients().stream()
                .filter(recipient -> recipient.wants(Notify.FAILURE))
                .toList();
        if (toTell.isEmpty()) {
            return Optional.empty();
        }
        List<NoticeRecipient> refused = toTell.stream()
                .map(recipient -> new NoticeRecipient(recipient, reply, ""))
                .toList();
        return writer.write(new Notice(Notice.Kind.FAILED, refused), about(toTell, now), now);
    }

    private QueuedDelivery about(List<EnvelopeRecipient> recipients, Instant now) {
        List<QueuedRecipient> queued = recipients.stream()
                .map(recipient -> new QueuedRecipient(0, recipient, Optional.of(reply)))
                .toList();
        NextHop none = new NextHop.MailExchangersOf(recipients.get(0).address().domain());
        return new QueuedDelivery(0, mailName, envelope, queued, none, content, acceptedAt, now, 0, false);
    }
}
