// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.MailTraits;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.Route;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteTarget;
import org.amrelay.mail.envelope.EnvelopeRecipient;

/**
 * Groups recipients by where they go next: first the route book decides, then the mailet's own routes, then the gateway.
 *
 * <p>Pure but for the draw among the hosts of a route that shares by weight, which is one draw for each route and mail.
 */
record NextHops(RouteBook book, RouteList routes, Gateway gateway, RandomGenerator random) {

    /**
     * What becomes of the recipients.
     *
     * @param deliveries one for each next hop, recipients in the mail's order
     * @param discarded those that a route drops, by its name
     * @param rejected those that a route gives back, by its name
     */
    record Grouped(
            List<NewDelivery> deliveries,
            Map<String, List<EnvelopeRecipient>> discarded,
            Map<String, Rejected> rejected) {}

    /** Recipients that a route gives back with its reply. */
    record Rejected(RouteTarget.Rejecting target, List<EnvelopeRecipient> recipients) {}

    Grouped group(MailTraits mail, List<EnvelopeRecipient> recipients, Instant now, Instant expiresAt) {
        Map<NextHop, List<EnvelopeRecipient>> hops = new LinkedHashMap<>();
        Map<String, List<EnvelopeRecipient>> discarded = new LinkedHashMap<>();
        Map<String, Rejected> rejected = new LinkedHashMap<>();
        Map<String, NextHop> drawn = new LinkedHashMap<>();
        for (EnvelopeRecipient recipient : recipients) {
            Optional<Route> route = book.decide(mail, recipient.address());
            if (route.isPresent() && route.get().target() instanceof RouteTarget.Rejecting target) {
                rejected.computeIfAbsent(route.get().name(), name -> new Rejected(target, new ArrayList<>()))
                        .recipients()
                        .add(recipient);
            } else if (route.isPresent() && !route.get().delivers()) {
                discarded
                        .computeIfAbsent(route.get().name(), name -> new ArrayList<>())
                        .add(recipient);
            } else {
                NextHop hop = route.map(found -> byRoute(found, recipient, drawn))
                        .or(() -> routes.nextHop(recipient.address()))
                        .orElseGet(() -> gateway.nextHop(recipient.address()));
                hops.computeIfAbsent(hop, none -> new ArrayList<>()).add(recipient);
            }
        }
        List<NewDelivery> deliveries = hops.entrySet().stream()
                .map(group -> new NewDelivery(group.getKey(), group.getValue(), now, expiresAt))
                .toList();
        return new Grouped(deliveries, discarded, rejected);
    }

    private NextHop byRoute(Route route, EnvelopeRecipient recipient, Map<String, NextHop> drawn) {
        NextHop hop = route.nextHop(recipient.address(), random);
        return route.target() instanceof RouteTarget.ToHosts ? drawn.computeIfAbsent(route.name(), name -> hop) : hop;
    }
}
