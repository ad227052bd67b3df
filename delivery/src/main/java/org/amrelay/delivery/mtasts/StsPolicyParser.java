// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.mtasts.StsPolicy.Mode;

/** Reads the text of a policy (RFC 8461 §3.2). Pure. */
public final class StsPolicyParser {
    /** The largest text that is looked at, in bytes (RFC 8461 §3.3). */
    public static final int LARGEST = 64 * 1024;

    private static final int MOST_MX = 1000;
    private static final long LONGEST_SECONDS = 31_557_600;

    /** A policy, or the sentence that tells what is wrong. */
    public record Parsed(Optional<StsPolicy> policy, String mistake) {}

    private StsPolicyParser() {}

    /** Unknown fields are ignored; of a field that may stand once the first counts. */
    public static Parsed parse(String text) {
        if (text.length() > LARGEST) {
            return wrong("the policy is larger than " + LARGEST + " bytes");
        }
        Map<String, String> fields = new HashMap<>();
        List<String> mx = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                if (!line.isBlank()) {
                    return wrong("a line has no colon");
                }
                continue;
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (!name.equals("mx")) {
                fields.putIfAbsent(name, value);
            } else if (mx.size() >= MOST_MX || !isPattern(value)) {
                return wrong("an mx is no host name, or there are more than " + MOST_MX);
            } else {
                mx.add(value.toLowerCase(Locale.ROOT));
            }
        }
        return read(fields, mx);
    }

    private static Parsed read(Map<String, String> fields, List<String> mx) {
        if (!"STSv1".equals(fields.get("version"))) {
            return wrong("the version is not STSv1");
        }
        Optional<Mode> mode = mode(fields.getOrDefault("mode", ""));
        if (mode.isEmpty()) {
            return wrong("the mode is not enforce, testing or none");
        }
        String age = fields.getOrDefault("max_age", "");
        if (age.isEmpty() || age.length() > 10 || !age.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return wrong("max_age is no number of seconds");
        }
        if (mx.isEmpty() && mode.get() != Mode.NONE) {
            return wrong("there is no mx");
        }
        long seconds = Math.min(Long.parseLong(age), LONGEST_SECONDS);
        return new Parsed(Optional.of(new StsPolicy(mode.get(), mx, Duration.ofSeconds(seconds))), "");
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    private static boolean isPattern(String value) {
        String name = value.startsWith("*.") ? value.substring(2) : value;
        return !name.isEmpty()
                && name.length() <= 253
                && !name.startsWith(".")
                && name.chars()
                        .allMatch(c -> c >= '0' && c <= '9'
                                || c >= 'A' && c <= 'Z'
                                || c >= 'a' && c <= 'z'
                                || c == '.'
                                || c == '-'
                                || c == '_');
    }

    private static Parsed wrong(String mistake) {
        return new Parsed(Optional.empty(), mistake);
    }
}
