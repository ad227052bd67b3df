// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.rules.Hit;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * The spam points of a mail, as attributes of James' mail.
 *
 * @param tests names of the tests that hit
 */
public record SpamVerdict(double score, double required, List<String> tests) {
    private static final AttributeName SCORE = AttributeName.of("org.amrelay.spam-score");
    private static final AttributeName REQUIRED = AttributeName.of("org.amrelay.spam-required");
    private static final AttributeName TESTS = AttributeName.of("org.amrelay.spam-tests");

    public SpamVerdict {
        tests = List.copyOf(tests);
    }

    public static SpamVerdict of(SpamScore score) {
        return new SpamVerdict(
                score.score(),
                score.required(),
                score.hits().stream().map(Hit::name).toList());
    }

    /** Takes the place of what was attached before. */
    public void attach(Mail mail) {
        mail.setAttribute(new Attribute(SCORE, AttributeValue.of(score)));
        mail.setAttribute(new Attribute(REQUIRED, AttributeValue.of(required)));
        mail.setAttribute(new Attribute(TESTS, AttributeValue.of(String.join(",", tests))));
    }

    /** Empty when the mail was not scored. */
    public static Optional<SpamVerdict> of(Mail mail) {
        return number(mail, SCORE)
                .map(score -> new SpamVerdict(
                        score,
                        number(mail, REQUIRED).orElse(0.0),
                        mail.getAttribute(TESTS)
                                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                                .filter(names -> !names.isEmpty())
                                .map(names -> List.of(names.split(",", -1)))
                                .orElse(List.of())));
    }

    private static Optional<Double> number(Mail mail, AttributeName name) {
        return mail.getAttribute(name).flatMap(attribute -> attribute.getValue().valueAs(Double.class));
    }

    public boolean isSpam() {
        return score >= required;
    }

    /** {@code 7.3 of 5.0: NO_DATE, MODEL}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f of %.1f", score, required)
                + (tests.isEmpty() ? "" : ": " + String.join(", ", tests));
    }
}
