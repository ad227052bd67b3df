// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.mail.Origin;

/**
 * A mail that goes straight into delivery, ready to be written.
 *
 * @param id of the mail
 */
record DirectMail(long id, NewMail mail, PreparedBody body, List<PreparedDelivery> deliveries, Instant acceptedAt) {
    static DirectMail prepare(NewMail mail, List<NewDelivery> wanted, Ids ids, Bodies bodies, Instant now) {
        requireAll(mail, wanted);
        long id = ids.next();
        Instant acceptedAt = now.truncatedTo(ChronoUnit.MILLIS);
        PreparedBody body = bodies.prepare(Ids.of(id, 0), mail.content());
        List<PreparedDelivery> deliveries = new ArrayList<>();
        int number = 0;
        for (NewDelivery delivery : wanted) {
            List<QueuedRecipient> recipients = new ArrayList<>();
            for (EnvelopeRecipient recipient : delivery.recipients()) {
                recipients.add(new QueuedRecipient(Ids.of(id, number++), recipient, Optional.empty()));
            }
            QueuedDelivery queued = new QueuedDelivery(
                    ids.next(),
                    mail.name(),
                    withRecipients(mail.envelope(), delivery.recipients())
                            .from(delivery.sender(mail.envelope().sender())),
                    recipients,
                    delivery.nextHop(),
                    body.content(),
                    acceptedAt,
                    delivery.expiresAt().truncatedTo(ChronoUnit.MILLIS),
                    0,
                    false);
            deliveries.add(
                    new PreparedDelivery(queued, delivery.firstAttemptAt().toEpochMilli(), false, 0, body.keptBytes()));
        }
        return new DirectMail(id, mail, body, deliveries, acceptedAt);
    }

    static Envelope withRecipients(Envelope envelope, List<EnvelopeRecipient> recipients) {
        return envelope.to(recipients);
    }

    private static void requireAll(NewMail mail, List<NewDelivery> wanted) {
        Set<EmailAddress> missing = new HashSet<>();
        mail.envelope().recipients().forEach(recipient -> missing.add(recipient.address()));
        wanted.forEach(delivery -> delivery.recipients().forEach(recipient -> missing.remove(recipient.address())));
        if (!missing.isEmpty() || wanted.isEmpty()) {
            throw new IllegalArgumentException("mail " + mail.name() + " has no delivery for " + missing);
        }
    }

    void write(Statements tables, Bodies bodies, DeliveryRows rows) throws SQLException {
        long now = acceptedAt.toEpochMilli();
        MailRows.insert(tables, id, mail.name(), mail.envelope(), body.size(), Origin.within(), now);
        bodies.insert(tables, body);
        for (PreparedDelivery delivery : deliveries) {
            for (QueuedRecipient recipient : delivery.queued().recipients()) {
                MailRows.insertRecipient(
                        tables,
                        recipient.id(),
                        recipient.recipient(),
                        RecipientState.QUEUED,
                        now,
                        delivery.id(),
                        null,
                        null);
            }
            rows.insert(tables, delivery);
            if (!delivery.queued().envelope().sender().equals(mail.envelope().sender())) {
                MailRows.returnPath(tables, delivery.queued());
            }
        }
    }
}
