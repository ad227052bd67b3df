// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.retry.RetrySchedule;

/**
 * What {@code shaping.yaml} says.
 *
 * <p>Immutable.
 *
 * @param limits what holds for every site where its own rule says nothing
 * @param sites the sites that have a name
 * @param replies what replies mean; the first that fits counts
 * @param recovery how sites come back
 * @param warmUp of the whole relay, or of its one source address
 * @param sources warm-ups of single source addresses
 * @param weights shares of accounts or sender domains in a site; 1 for all others
 * @param retry the schedule where a site has none; the engine's own when it is not given
 */
public record ShapingRules(
        SiteLimits limits,
        List<SiteRule> sites,
        List<ReplyRule> replies,
        Recovery recovery,
        Optional<WarmUp> warmUp,
        Map<InetAddress, WarmUp> sources,
        Map<String, Double> weights,
        Optional<RetrySchedule> retry) {
    public ShapingRules {
        sites = List.copyOf(sites);
        replies = List.copyOf(replies);
        sources = Map.copyOf(sources);
        weights = Map.copyOf(weights);
        if (weights.values().stream().anyMatch(weight -> !(weight >= 0.001 && weight <= 1000))) {
            throw new IllegalArgumentException("a weight is 0.001 to 1000");
        }
    }

    /** Without warm-ups of single addresses. */
    public ShapingRules(
            SiteLimits limits,
            List<SiteRule> sites,
            List<ReplyRule> replies,
            Recovery recovery,
            Optional<WarmUp> warmUp,
            Map<String, Double> weights,
            Optional<RetrySchedule> retry) {
        this(limits, sites, replies, recovery, warmUp, Map.of(), weights, retry);
    }

    /** No limits but the engine's own. */
    public static ShapingRules none() {
        return new ShapingRules(
                SiteLimits.none(),
                List.of(),
                List.of(),
                Recovery.standard(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** The rule of the site with that name. */
    public Optional<SiteRule> site(String name) {
        return sites.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** The limits of the site with that name. */
    SiteLimits limitsOf(String name) {
        return site(name).map(rule -> rule.limits().or(limits)).orElse(limits);
    }

    /** When to try again at the site with that name; empty: by the engine's own schedule. */
    public Optional<RetrySchedule> retryOf(String name) {
        return site(name).flatMap(SiteRule::retry).or(() -> retry);
    }

    /** The share of an account or sender domain. */
    public double weight(String party) {
        return weights.getOrDefault(party, 1.0);
    }
}
