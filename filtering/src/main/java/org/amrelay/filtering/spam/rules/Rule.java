// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.List;
import java.util.Optional;

/**
 * A test as the file has it. Immutable.
 *
 * @param weight in points for mail that comes in
 * @param outbound in points for mail of our accounts
 * @param describe one sentence for people
 */
public record Rule(String name, double weight, double outbound, String describe, Kind kind) {
    /** What a test looks at. */
    public sealed interface Kind {}

    /** A question that the program knows to ask. */
    record Asked(Check check) implements Kind {}

    /**
     * Phrases.
     *
     * @param where the text or only the subject
     * @param least how many different ones have to be there
     */
    record Phrases(List<String> phrases, boolean subjectOnly, int least) implements Kind {
        Phrases {
            phrases = List.copyOf(phrases);
        }
    }

    /** An expression over other tests. */
    record Meta(MetaExpression expression) implements Kind {}

    /** Why a meta test hits. */
    static Optional<String> metaReason(boolean value) {
        return value ? Optional.of("") : Optional.empty();
    }
}
