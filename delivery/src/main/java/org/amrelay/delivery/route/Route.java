// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.route.RouteFile.RetrySettings;
import org.amrelay.delivery.route.RouteTarget.Servers;
import org.amrelay.delivery.route.RouteTarget.ToExchangers;
import org.amrelay.delivery.route.RouteTarget.ToHosts;
import org.amrelay.mail.address.EmailAddress;

/**
 * A rule of the route book: which mail, and what becomes of it.
 *
 * <p>Immutable.
 *
 * @param name unique in the book
 * @param when conditions of which all must hold
 * @param unless conditions that must not all hold
 * @param byNameOnly reached from other routes only
 * @param retry when its mail is tried again; the site's schedule when it is not given
 */
public record Route(
        String name,
        Optional<RouteConditions> when,
        Optional<RouteConditions> unless,
        boolean byNameOnly,
        RouteTarget target,
        Optional<RetrySettings> retry) {

    boolean isFor(MailTraits mail, EmailAddress recipient) {
        return !byNameOnly
                && when.map(conditions -> conditions.hold(mail, recipient)).orElse(true)
                && !unless.map(conditions -> conditions.hold(mail, recipient)).orElse(false);
    }

    /** Whether no mail comes past this route. */
    boolean takesEverything() {
        return !byNameOnly && when.map(RouteConditions::areNone).orElse(true) && unless.isEmpty();
    }

    /** Whether the mail goes to a server, sooner or later. */
    public boolean delivers() {
        return target instanceof Servers;
    }

    /**
     * The next hop for a recipient. A route that shares by weight is one lane for each host, so that the mail itself is
     * shared out and not only the connections.
     *
     * @throws IllegalStateException when the route delivers nothing
     */
    public NextHop nextHop(EmailAddress recipient, RandomGenerator random) {
        if (target instanceof ToExchangers exchangers) {
            return new NextHop.ByRoute(name, exchangers.domain().orElse(recipient.domain()));
        } else if (target instanceof ToHosts hosts) {
            String first = hosts.byWeight()
                    ? WeightedOrder.of(hosts.hosts(), SmartHost::weight, random)
                            .get(0)
                            .at(0)
                    : "";
            return new NextHop.ByRoute(name, first);
        }
        throw new IllegalStateException("route " + name + " delivers nothing");
    }
}
