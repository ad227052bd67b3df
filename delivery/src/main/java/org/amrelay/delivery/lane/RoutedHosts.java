// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.Route;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteTarget.Connecting;
import org.amrelay.delivery.route.RouteTarget.ToExchangers;
import org.amrelay.delivery.route.RouteTarget.ToHosts;
import org.amrelay.delivery.route.SmartHost;
import org.amrelay.delivery.route.WeightedOrder;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.reply.Reply;

/**
 * Looks a queued delivery's route up in the book that is in force now.
 *
 * <p>Whatever has become of the route, mail that was queued for it is never given back because of that: it waits.
 */
final class RoutedHosts {
    /** What the route says now. */
    sealed interface Found {
        /** The exchangers of a domain; the usual port when none is given. */
        record Exchangers(String domain, Optional<Integer> port, Manner manner) implements Found {}

        /** Hosts, in the order in which they are to be tried. */
        record Hosts(List<PlannedHost> hosts, Manner manner) implements Found {}

        /** Nothing that the mail could go to, in words. */
        record Nothing(Reply reply) implements Found {}
    }

    private final RouteBooks routes;
    private final TlsPolicy usual;
    private final RandomGenerator random;

    RoutedHosts(RouteBooks routes, TlsPolicy usual, RandomGenerator random) {
        this.routes = routes;
        this.usual = usual;
        this.random = random;
    }

    RouteBook book() {
        return routes.current();
    }

    Found find(ByRoute hop) {
        Optional<Route> route = routes.current().named(hop.route());
        if (route.isEmpty()) {
            return nothing("there is no route '" + hop.route() + "' in routes.yaml any more");
        }
        if (route.get().target() instanceof ToExchangers exchangers) {
            String domain = exchangers.domain().orElse(hop.towards());
            return domain.isEmpty() || domain.indexOf(':') > 0
                    ? nothing("the route '" + hop.route() + "' led to hosts when this mail was queued, now it is 'mx'")
                    : new Found.Exchangers(domain, exchangers.port(), manner(exchangers.connecting()));
        }
        if (route.get().target() instanceof ToHosts hosts) {
            return new Found.Hosts(inOrder(hosts, hop.towards()), manner(hosts.connecting()));
        }
        return nothing("the route '" + hop.route() + "' in routes.yaml does not deliver any more");
    }

    private static Found nothing(String text) {
        return new Found.Nothing(Reply.of(451, "4.3.5", text));
    }

    private Manner manner(Connecting connecting) {
        return new Manner(
                connecting.tls().orElse(usual), connecting.fingerprints(), connecting.options(), connecting.sources());
    }

    private List<PlannedHost> inOrder(ToHosts target, String first) {
        List<PlannedHost> order = new ArrayList<>();
        List<SmartHost> hosts =
                target.byWeight() ? WeightedOrder.of(target.hosts(), SmartHost::weight, random) : target.hosts();
        for (SmartHost host : hosts) {
            PlannedHost planned = new PlannedHost(host.host(), host.port().orElseThrow());
            order.add(planned);
            if (target.byWeight() && (planned.host() + ":" + planned.port()).equals(first)) {
                // Drawn when the mail was queued; its lane is this host's
                Collections.rotate(order, 1);
            }
        }
        return order;
    }
}
