// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which site a next hop belongs to.
 *
 * <p>The best mail exchangers count, those of the lowest preference: each is named by the longest known suffix of its host
 * name, else by its registrable domain, which is guessed from the shape of the name: the last two labels, or three below
 * second levels such as {@code co.uk}. Several names are joined by a plus sign. Immutable.
 */
public final class SiteNames {
    private static final int MOST_NAMES = 4;
    private static final Set<String> SECOND_LEVELS = Set.of(
            "ac", "co", "com", "edu", "gob", "gov", "go", "ltd", "me", "mil", "net", "ne", "nom", "or", "org", "plc",
            "sch");

    private final Map<String, String> bySuffix = new HashMap<>();
    private final Map<String, String> byNextHop = new HashMap<>();

    public SiteNames(List<SiteRule> rules) {
        for (SiteRule rule : rules) {
            rule.exchangers().forEach(suffix -> bySuffix.putIfAbsent(suffix, rule.name()));
            rule.nextHops().forEach(hop -> byNextHop.putIfAbsent(hop, rule.name()));
        }
    }

    /** The site that a rule names outright for a domain or a next hop in its text form. */
    public Optional<String> named(String nextHop) {
        return Optional.ofNullable(byNextHop.get(nextHop.toLowerCase(Locale.ROOT)));
    }

    /**
     * The site of these hosts.
     *
     * @param bestExchangers host names of the lowest preference, at least one
     */
    public String of(List<String> bestExchangers) {
        return bestExchangers.stream()
                .map(this::nameOf)
                .distinct()
                .sorted()
                .limit(MOST_NAMES)
                .collect(Collectors.joining("+"));
    }

    private String nameOf(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String lower = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String suffix = lower;
        while (true) {
            String known = bySuffix.get(suffix);
            if (known != null) {
                return known;
            }
            int dot = suffix.indexOf('.');
            if (dot < 0) {
                return registrable(lower);
            }
            suffix = suffix.substring(dot + 1);
        }
    }

    static String registrable(String host) {
        List<String> labels = List.of(host.split("\\.", -1));
        int count = labels.size();
        boolean isAddress = host.startsWith("[") || host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        if (count <= 2 || isAddress || host.contains(":")) {
            return host;
        }
        boolean belowSecondLevel = labels.get(count - 1).length() == 2 && SECOND_LEVELS.contains(labels.get(count - 2));
        return String.join(".", labels.subList(count - (belowSecondLevel ? 3 : 2), count));
    }
}
