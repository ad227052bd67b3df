// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.evaluation;

import java.util.List;
import org.amrelay.filtering.spam.learning.Features;
import org.amrelay.filtering.spam.learning.Learner;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;

/**
 * A message that somebody has judged, as far as learning needs it.
 *
 * @param points of the tests
 */
public record Example(String name, boolean isSpam, double points, int[] features) implements Learner.Lesson {
    /** Reads a message. */
    public static Example of(String name, boolean isSpam, byte[] message, RuleFile rules) {
        Specimen specimen =
                Specimen.of(MessageView.of(MessageContent.of(message), Specimen.limits()), KnownOrigin.unknown());
        List<Hit> hits = rules.rules().hits(specimen);
        return new Example(
                name,
                isSpam,
                hits.stream().mapToDouble(Hit::weight).sum(),
                Features.of(specimen, hits.stream().map(Hit::name).toList()));
    }
}
