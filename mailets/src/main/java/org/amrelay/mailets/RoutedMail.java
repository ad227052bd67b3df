// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.dsn.NoticeWriter;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.james.Action;
import org.amrelay.james.OutgoingMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mailets.NextHops.Grouped;
import org.amrelay.mailets.NextHops.Rejected;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** A mail whose recipients have been grouped: tells the sender of those that are rejected, and says how it ends. */
record RoutedMail(Mail mail, Grouped grouped) {

    /** Sends one notice for each route that rejects. Blocks on the disk. */
    void tellSender(MailetContext context, NoticeTemplates languages, RandomGenerator random, Instant now)
            throws MessagingException, IOException {
        for (Rejected rejected : grouped.rejected().values()) {
            Refusal all = Refusal.of(mail, rejected.target().reply());
            Refusal own = new Refusal(
                    all.mailName(),
                    all.envelope().to(rejected.recipients()),
                    all.content(),
                    all.acceptedAt(),
                    all.reply());
            String host = context.getPostmaster().getDomain().asString();
            Optional<NewMail> notice =
                    own.notice(new NoticeWriter(NoticeSettings.defaults(host).withTemplates(languages), random), now);
            if (notice.isPresent()) {
                NewMail sent = notice.get();
                OutgoingMail.send(context, sent.name(), sent.envelope(), sent.content());
            }
        }
    }

    Action action() {
        Map<EmailAddress, Action.End> ended = new HashMap<>();
        grouped.discarded()
                .forEach((route, recipients) -> end(
                        ended, recipients, new Action.End(RecipientState.DISCARDED, by(route), "discarded by a rule")));
        grouped.rejected()
                .forEach((route, rejected) -> end(
                        ended,
                        rejected.recipients(),
                        new Action.End(
                                RecipientState.BOUNCED,
                                by(route),
                                rejected.target().reply().toString())));
        String hops = grouped.deliveries().stream()
                .map(delivery -> delivery.nextHop().toString())
                .collect(Collectors.joining(", "));
        String reason = hops.isEmpty() ? "delivers to nobody" : "delivers to [" + hops + "]";
        return ended.isEmpty()
                ? new Action.TakeOver(reason)
                : new Action.TakeOverSome(
                        ended,
                        reason + ", ends "
                                + ended.values().stream()
                                        .map(Action.End::by)
                                        .distinct()
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }

    private static String by(String route) {
        return "route " + route;
    }

    private static void end(Map<EmailAddress, Action.End> ended, List<EnvelopeRecipient> recipients, Action.End end) {
        recipients.forEach(recipient -> ended.put(recipient.address(), end));
    }

    List<NewDelivery> deliveries() {
        return grouped.deliveries();
    }
}
