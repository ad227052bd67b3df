// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/**
 * A piece of text that could be a number of some kind: groups of letters and digits with single signs between them. Immutable.
 *
 * @param from where it begins in the text
 * @param to where it ends, exclusive
 * @param compact its letters and digits only, letters as capitals
 * @param shape the lengths of the groups with the signs between them, such as {@code 3-2-4}; blanks of all kinds are a space
 * @param small whether one of its letters is written small
 */
record Candidate(int from, int to, String compact, String shape, boolean small) {
    /** One group, or the same sign between all. */
    boolean isUniform() {
        char sign = 0;
        for (int i = 0; i < shape.length(); i++) {
            char c = shape.charAt(i);
            if (c < '0' || c > '9') {
                if (sign != 0 && c != sign) {
                    return false;
                }
                sign = c;
            }
        }
        return true;
    }

    /** Whether it is one group. */
    boolean isPlain() {
        return shape.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether the groups are as long as that, such as {@code 3 2 4}, whatever the signs between them. */
    boolean hasGroups(String lengths) {
        if (shape.length() != lengths.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = shape.charAt(i);
            char wanted = lengths.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (wanted == ' ' ? digit : c != wanted) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return compact.length();
    }

    /** The value of a digit. */
    int digit(int at) {
        return compact.charAt(at) - '0';
    }

    /** Digits as a number; at most 18. */
    long number(int from, int to) {
        return Long.parseLong(compact, from, to, 10);
    }
}
