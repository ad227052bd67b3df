// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.OptionalDouble;

/**
 * Why a mail is kept back.
 *
 * @param kind a class of reasons: {@code policy}, {@code spam}, {@code virus}, {@code content}, ...; letters, digits, hyphens
 * @param rule the mailet or rule that decided
 * @param text in words, one line
 * @param score of the mail, where the reason is one
 * @param scanner that found it, or empty text
 * @param releasable whether recipients may have it, and operators without insisting
 */
public record QuarantineReason(
        String kind, String rule, String text, OptionalDouble score, String scanner, boolean releasable) {
    private static final int LONGEST_KIND = 40;

    public QuarantineReason {
        if (!isKind(kind)) {
            throw new IllegalArgumentException("'" + kind + "' is no kind of reason such as spam or policy");
        }
    }

    /** Whether the text may name a kind of reason. */
    public static boolean isKind(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_KIND
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    @Override
    public String toString() {
        return kind + " (" + rule + ")" + (text.isEmpty() ? "" : ": " + text);
    }
}
