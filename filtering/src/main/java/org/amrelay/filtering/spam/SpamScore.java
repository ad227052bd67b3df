// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.amrelay.filtering.spam.rules.Hit;

/**
 * The points of a message. Immutable.
 *
 * @param score sum of the hits, two decimals
 * @param required from which on it is spam
 * @param hits the tests that hit, in their order
 */
public record SpamScore(double score, double required, List<Hit> hits) {
    public SpamScore {
        hits = List.copyOf(hits);
        score = Math.rint(score * 100) / 100;
    }

    static SpamScore of(List<Hit> hits, double required) {
        return new SpamScore(hits.stream().mapToDouble(Hit::weight).sum(), required, hits);
    }

    public boolean isSpam() {
        return score >= required;
    }

    /** {@code 7.3 of 5: NO_DATE 1.0, MODEL 6.3}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f of %.1f", score, required)
                + hits.stream()
                        .map(hit -> String.format(Locale.ROOT, "%s %.1f", hit.name(), hit.weight()))
                        .collect(Collectors.joining(", ", hits.isEmpty() ? "" : ": ", ""));
    }
}
