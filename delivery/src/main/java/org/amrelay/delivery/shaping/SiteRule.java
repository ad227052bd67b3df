// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.retry.RetrySchedule;

/**
 * What holds for one site.
 *
 * @param name of the site; domains with these exchangers share it
 * @param exchangers suffixes of host names, such as {@code google.com}; the longest that fits wins
 * @param nextHops further members: domains, or next hops in their text form
 * @param limits where they say nothing the common ones hold
 * @param retry its own schedule
 */
public record SiteRule(
        String name, List<String> exchangers, List<String> nextHops, SiteLimits limits, Optional<RetrySchedule> retry) {
    public SiteRule {
        exchangers =
                exchangers.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
        nextHops = nextHops.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }
}
