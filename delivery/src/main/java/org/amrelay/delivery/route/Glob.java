// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.Locale;

/**
 * A pattern with {@code *} for any text and {@code ?} for one character, without regard to case.
 *
 * <p>Takes time in proportion to the pattern's times the text's length at most, whatever its author wants. Immutable.
 *
 * @param pattern 1 to 500 characters
 */
public record Glob(String pattern) {
    public Glob {
        if (pattern.isEmpty() || pattern.length() > 500) {
            throw new IllegalArgumentException("is empty or longer than 500 characters");
        }
        pattern = pattern.toLowerCase(Locale.ROOT);
    }

    public static Glob of(String text) {
        return new Glob(text);
    }

    public boolean matches(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = 0;
        int next = 0;
        int star = -1;
        int retry = 0;
        while (at < lower.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '*') {
                star = next++;
                retry = at;
            } else if (next < pattern.length() && fits(pattern.charAt(next), lower.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) {
                // Only the last star can be wrong: what the earlier ones took cannot help any more
                next = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }

    private static boolean fits(char wanted, char found) {
        return wanted == '?' || wanted == found;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
