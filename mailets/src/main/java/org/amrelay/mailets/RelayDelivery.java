// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.james.Action;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Hands the mail to the delivery engine, grouped by next hop, and ends its processing.
 *
 * <p>A recipient goes where the route of its domain leads, else to the gateway. From then on the engine answers for each
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

    /** Called by James. */
    @Inject
    public RelayDelivery(DeliveryHandOver deliveries, Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException {
        Instant now = clock.instant();
        List<NewDelivery> grouped = NextHops.of(settings.routes(), settings.gateway())
                .deliveries(MailEnvelope.recipients(mail), now, now.plus(settings.expiry()));
        if (grouped.isEmpty()) {
            return new Action.TakeOver("no recipient is left");
        }
        deliveries.handOver(mail, grouped);
        return new Action.TakeOver(
                "delivers to " + grouped.stream().map(NewDelivery::nextHop).toList());
    }
}
