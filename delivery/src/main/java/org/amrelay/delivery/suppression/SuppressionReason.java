// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why nothing is sent to an address; the ordinal is kept in memory only. */
public enum SuppressionReason {
    NO_SUCH_USER("there is no such user"),
    HARD_BOUNCES("mail to it bounced again and again"),
    COMPLAINT("its owner complained"),
    MANUAL("an operator wants it so");

    private final String sentence;

    SuppressionReason(String sentence) {
        this.sentence = sentence;
    }

    /** {@code no-such-user}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a sender reads. */
    public String sentence() {
        return sentence;
    }

    /** The reason of a word as {@link #word} gives it. */
    public static Optional<SuppressionReason> ofWord(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
