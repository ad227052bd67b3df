// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a domain wants of those who send it mail (RFC 8461 §3.2).
 *
 * @param mx host names, or {@code *.} and a domain, in lower case
 * @param maxAge how long it holds, at most about a year
 */
public record StsPolicy(Mode mode, List<String> mx, Duration maxAge) {
    /** What follows from a host that does not fit. */
    public enum Mode {
        /** No mail to it. */
        ENFORCE,
        /** Only a report. */
        TESTING,
        /** Nothing: the domain has no policy any more. */
        NONE
    }

    public StsPolicy {
        mx = List.copyOf(mx);
    }

    /** Whether the domain names that host (RFC 8461 §4.1); a wildcard stands for exactly one label. */
    public boolean names(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return mx.stream().anyMatch(pattern -> covers(pattern, name));
    }

    private static boolean covers(String pattern, String name) {
        int dot = name.indexOf('.');
        return pattern.startsWith("*.")
                ? dot > 0 && name.substring(dot).equals(pattern.substring(1))
                : pattern.equals(name);
    }

    /** The text of the policy, one line for each field, as reports show it and the store keeps it. */
    public List<String> lines() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add("version: STSv1");
        lines.add("mode: " + mode.name().toLowerCase(Locale.ROOT));
        mx.forEach(pattern -> lines.add("mx: " + pattern));
        lines.add("max_age: " + maxAge.toSeconds());
        return lines;
    }
}
