// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amrelay.delivery.queue.WaitingDelivery;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.Route;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.shaping.ShapingRules;

/**
 * Which schedule a delivery follows, and when it is time to tell its sender of a delay or to give up though nobody tries it.
 *
 * <p>Safe for several threads.
 */
final class Patience {
    /** So long after it was due, a delivery has no turn in sight; before, its lane may be about to try it. */
    private static final Duration TURN = Duration.ofMinutes(5);

    private final RetrySchedule standard;
    private final RouteBooks routes;
    private final ShapingRules rules;
    private final SiteFinder sites;

    Patience(RetrySchedule standard, RouteBooks routes, ShapingRules rules, SiteFinder sites) {
        this.standard = standard;
        this.routes = routes;
        this.rules = rules;
        this.sites = sites;
    }

    /** The schedule of a next hop by its route or its site; empty when there is only the standard. */
    Optional<RetrySchedule> own(NextHop hop) {
        // The route is the sender's own choice and nearer to the mail than the provider's site
        return ofRoute(hop).or(() -> sites.known(hop).flatMap(rules::retryOf));
    }

    /** The schedule of a next hop. */
    RetrySchedule of(NextHop hop) {
        return own(hop).orElse(standard);
    }

    private Optional<RetrySchedule> ofRoute(NextHop hop) {
        return hop instanceof ByRoute byRoute
                ? routes.current()
                        .named(byRoute.route())
                        .flatMap(Route::retry)
                        .map(retry ->
                                new RetrySchedule(retry.delays(), retry.jitter(), retry.expiry(), retry.delayNotice()))
                : Optional.empty();
    }

    /** Whether something is to be said of it now. */
    boolean isAtItsEnd(WaitingDelivery delivery, Instant now) {
        RetrySchedule schedule = of(delivery.nextHop());
        boolean untried = !now.isBefore(delivery.dueAt().plus(TURN));
        boolean notDue = now.isBefore(delivery.dueAt());
        Instant own = delivery.acceptedAt().plus(schedule.expiry());
        Instant expiry = own.isBefore(delivery.expiresAt()) ? own : delivery.expiresAt();
        // A schedule that has become shorter ends what waits for a later attempt, too
        boolean expired = !now.isBefore(expiry) && (untried || notDue && !now.isBefore(expiry.plus(TURN)));
        boolean delayed = !delivery.delayNoticeSent()
                && !now.isBefore(delivery.acceptedAt().plus(schedule.delayNotice()))
                && (untried || notDue);
        return expired || delayed;
    }
}
