// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reading aids for what people write: the name they may have meant, durations, environment variables. */
final class Texts {
    private static final int FAR = 3;

    private Texts() {}

    static int leadingDigits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** The known name nearest to what was written, when it is near enough to be worth asking. */
    static Optional<String> nearest(String written, Collection<String> known) {
        String best = null;
        int bestDistance = Math.min(FAR, Math.max(2, written.length() / 2)) + 1;
        for (String candidate : known) {
            int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }

    /**
     * Replaces {@code ${NAME}} and {@code ${NAME:default}}; does not look into what it has put in.
     *
     * @throws IllegalArgumentException with a sentence when a variable is neither set nor has a default
     */
    static String expand(String text, Map<String, String> environment) {
        int start = text.indexOf("${");
        if (start < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (start >= 0) {
            int end = text.indexOf('}', start);
            if (end < 0) {
                throw new IllegalArgumentException("has a ${ without its }");
            }
            out.append(text, done, start).append(variable(text.substring(start + 2, end), environment));
            done = end + 1;
            start = text.indexOf("${", done);
        }
        return out.append(text, done, text.length()).toString();
    }

    private static String variable(String inner, Map<String, String> environment) {
        int colon = inner.indexOf(':');
        String name = colon < 0 ? inner : inner.substring(0, colon);
        String value = environment.get(name);
        if (value != null) {
            return value;
        }
        if (colon < 0) {
            throw new IllegalArgumentException("needs the environment variable " + name);
        }
        return inner.substring(colon + 1);
    }
}
