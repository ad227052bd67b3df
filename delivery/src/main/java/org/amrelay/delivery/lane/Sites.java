// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.shaping.Shaping;

/** The sites of all lanes, and how a lane comes to its own. For the engine's thread. */
final class Sites {
    private static final Duration HOLDS = Duration.ofHours(1);
    private static final Duration GUESS_HOLDS = Duration.ofMinutes(1);

    private final LaneHost host;
    private final LaneLimits limits;
    private final SiteFinder finder;
    private final Shaping shaping;
    private final Executor executor;
    private final Map<String, Site> sites = new HashMap<>();
    private final Deque<Lane> toLearn = new ArrayDeque<>();
    private int learning;

    Sites(LaneHost host, LaneLimits limits, SiteFinder finder, Shaping shaping, Executor executor) {
        this.host = host;
        this.limits = limits;
        this.finder = finder;
        this.shaping = shaping;
        this.executor = executor;
    }

    /** Not more at a time than connections, so that a start with many lanes does not swamp the resolver. */
    void learn(Lane lane) {
        toLearn.addLast(lane);
        learnNext();
    }

    private void learnNext() {
        while (learning < limits.mostConnections() && !toLearn.isEmpty()) {
            Lane lane = toLearn.removeFirst();
            learning++;
            finder.find(lane.nextHop()).thenAcceptAsync(found -> joins(lane, found), executor);
        }
    }

    private void joins(Lane lane, SiteFinder.FoundSite found) {
        learning--;
        learnNext();
        Instant now = host.now();
        Instant at = found.certain() ? now : now.minus(HOLDS).plus(GUESS_HOLDS);
        lane.joins(sites.computeIfAbsent(found.name(), name -> new Site(name, host, limits, shaping)), at);
    }

    /** Looks at old answers again, remembers what changed and forgets what has nothing to do. */
    void sweep(Collection<Lane> lanes, Instant now, Duration idle) {
        Set<Site> used = new HashSet<>();
        for (Lane lane : lanes) {
            lane.site().ifPresent(used::add);
            if (lane.site().isPresent() && lane.siteLearntAt().plus(HOLDS).isBefore(now)) {
                learn(lane);
            }
        }
        keep();
        sites.values().removeIf(site -> !used.contains(site) && site.isForgettable(now, idle));
    }

    void keep() {
        sites.values().forEach(site -> shaping.keep(site.name(), site.throttle()));
        shaping.keepSources(host.now());
    }

    /** How the sites stand; what waits is told by the caller, as the store must be asked elsewhere. */
    List<SiteReport> reports(Map<NextHop, Long> waiting) {
        Map<String, long[]> sums = new HashMap<>();
        waiting.forEach((hop, count) -> finder.known(hop).ifPresent(name -> {
            long[] sum = sums.computeIfAbsent(name, none -> new long[2]);
            sum[0]++;
            sum[1] += count;
        }));
        List<SiteReport> reports = new ArrayList<>();
        sites.values().forEach(site -> {
            long[] sum = sums.getOrDefault(site.name(), new long[2]);
            reports.add(site.report((int) sum[0], sum[1]));
        });
        return reports;
    }

    /** The site of a next hop, as far as it is known. */
    Optional<String> siteOf(NextHop nextHop) {
        return finder.known(nextHop);
    }
}
