// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.james.Action;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.PathsOfRecipients;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.RoutingTraits;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Hands the mail to the delivery engine, grouped by next hop, and ends its processing.
 *
 * <p>A recipient goes where {@code routes.yaml} leads it; when no route there is for it, where the route of its domain
 * leads, else to the gateway. Routes may also discard a recipient, which the ledger notes with the route's name, or
 * reject it, of which the sender is told (RFC 3464). From then on the engine answers for each
 * recipient: it retries until the expiry and tells the sender of failures (RFC 5321 §6.1, RFC 3461).
 */
public final class RelayDelivery extends RelayMailet<RelayDelivery.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "where mail goes that no route names: mx, mx:domain, host or host:port (25)",
                    defaultsTo = "mx")
            Gateway gateway,

            @Parameter(
                    description = "next hops by domain as domain=next hop, written like the gateway",
                    defaultsTo = "",
                    example = "example.org=mail.example.net:2525, example.com=mx")
            RouteList routes,

            @Parameter(description = "how long to retry before the sender gets the mail back", defaultsTo = "5d")
            Duration expiry) {
        /** An expiry below a minute would turn every hiccup into a bounce. */
        public Settings {
            if (expiry.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException("'expiry' is less than 1m");
            }
        }
    }

    private final DeliveryHandOver deliveries;
    private final Clock clock;
    private final RouteBooks books;
    private final NoticeTemplates languages;
    private final SecureRandom random = new SecureRandom();

    /** Called by James. */
    @Inject
    public RelayDelivery(DeliveryHandOver deliveries, Clock clock, RouteBooks books, NoticeTemplates languages) {
        this.deliveries = deliveries;
        this.clock = clock;
        this.books = books;
        this.languages = languages;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        Instant now = clock.instant();
        List<EnvelopeRecipient> recipients = MailEnvelope.recipients(mail);
        if (recipients.isEmpty()) {
            return new Action.TakeOver("no recipient is left");
        }
        RouteBook book = books.current();
        RoutedMail routed = new RoutedMail(
                mail,
                new NextHops(
                                book,
                                settings.routes(),
                                settings.gateway(),
                                recipient -> PathsOfRecipients.of(mail, recipient),
                                random)
                        .group(RoutingTraits.of(mail, book), recipients, now, now.plus(settings.expiry())));
        // First the notices: where the hand-over is durable at once, a failure behind it would deliver twice
        routed.tellSender(getMailetContext(), languages, random, now);
        if (!routed.deliveries().isEmpty()) {
            deliveries.handOver(mail, routed.deliveries());
        }
        return routed.action();
    }
}
