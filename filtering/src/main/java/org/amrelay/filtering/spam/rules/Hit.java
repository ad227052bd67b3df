// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

/**
 * A test that hit. Immutable.
 *
 * @param weight in points; below zero speaks for the message
 * @param reason short, for the operator; may be empty
 */
public record Hit(String name, double weight, String reason) {
    private static final int LONGEST = 80;

    public Hit {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(reason.length(), LONGEST); i++) {
            char c = reason.charAt(i);
            clean.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
        reason = clean.toString();
    }
}
