// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

import java.util.Locale;
import java.util.Set;

/** How random a text looks. */
final class Entropy {
    private static final Set<String> PLACEHOLDERS = Set.of(
            "example",
            "changeme",
            "your",
            "xxxx",
            "****",
            "placeholder",
            "dummy",
            "redacted",
            "....",
            "sample",
            "abcdefgh",
            "insert");
    private static final int SYMBOLS = 128;

    private Entropy() {}

    /** Shannon's entropy in bits per character. */
    static double of(CharSequence text) {
        int[] counts = new int[SYMBOLS];
        for (int i = 0; i < text.length(); i++) {
            counts[Math.min(text.charAt(i), SYMBOLS - 1)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Whether somebody only shows what such a value looks like. */
    static boolean isPlaceholder(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(lower::contains);
    }
}
