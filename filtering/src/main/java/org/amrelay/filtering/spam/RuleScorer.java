// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.filtering.spam.learning.Features;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageView;

/**
 * Points by named tests and by what was learned. Immutable, safe for several threads; linear in a bounded part of the
 * message.
 */
public final class RuleScorer implements SpamScorer {
    private static final String MODEL = "MODEL";
    private static final double LEAST = -8;
    private static final double MOST = 12;

    private final RuleFile rules;
    private final WeightTable model;

    /**
     * A scorer.
     *
     * @param model what was learned; not changed any more
     */
    public RuleScorer(RuleFile rules, WeightTable model) {
        this.rules = rules;
        this.model = model;
    }

    @Override
    public SpamScore score(MessageView view, KnownOrigin origin) {
        Specimen specimen = Specimen.of(view, origin);
        List<Hit> hits = new ArrayList<>(rules.rules().hits(specimen));
        int[] features = Features.of(specimen, hits.stream().map(Hit::name).toList());
        double points = Math.max(LEAST, Math.min(MOST, model.points(features)));
        // Outbound mail is judged by what it says, as most of the model is about how spam gets here
        double weight = Math.rint((origin.outbound() ? points / 2 : points) * 100) / 100;
        if (weight != 0) {
            hits.add(new Hit(MODEL, weight, "like " + (weight > 0 ? "spam" : "wanted mail") + " that was learned"));
        }
        return SpamScore.of(hits, rules.required());
    }
}
