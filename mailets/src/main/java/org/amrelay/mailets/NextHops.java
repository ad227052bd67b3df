// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.MailTraits;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.Route;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteTarget;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;

/**
 * Groups recipients by where they go next: first the route book decides, then the mailet's own routes, then the gateway.
 *
 * <p>A recipient with a return path of its own gets a delivery of its own. Pure but for the draw among the hosts of a route that shares by weight, which is one draw for each route and mail.
 */
record NextHops(
        RouteBook book,
        RouteList routes,
        Gateway gateway,
        Function<EmailAddress, Optional<EmailAddress>> returnPaths,
        RandomGenerator random) {

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
        Map<Group, List<EnvelopeRecipient>> hops = new LinkedHashMap<>();
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
                Optional<EmailAddress> path = returnPaths.apply(recipient.address());
                hops.computeIfAbsent(new Group(hop, path), none -> new ArrayList<>())
                        .add(recipient);
            }
        }
        List<NewDelivery> deliveries = hops.entrySet().stream()
                .flatMap(group -> deliveries(group.getKey(), group.getValue(), now, expiresAt))
                .toList();
        return new Grouped(deliveries, discarded, rejected);
    }

    /** Who has a return path of his own shares no transaction; the same path may come twice when it is the mail's. */
    private static Stream<NewDelivery> deliveries(
            Group group, List<EnvelopeRecipient> recipients, Instant now, Instant expiresAt) {
        return group.returnPath().isEmpty()
                ? Stream.of(new NewDelivery(group.nextHop(), recipients, now, expiresAt))
                : recipients.stream()
                        .map(each ->
                                new NewDelivery(group.nextHop(), List.of(each), now, expiresAt, group.returnPath()));
    }

    /** @param returnPath of one recipient */
    private record Group(NextHop nextHop, Optional<EmailAddress> returnPath) {}

    private NextHop byRoute(Route route, EnvelopeRecipient recipient, Map<String, NextHop> drawn) {
        NextHop hop = route.nextHop(recipient.address(), random);
        return route.target() instanceof RouteTarget.ToHosts ? drawn.computeIfAbsent(route.name(), name -> hop) : hop;
    }
}
