// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.filtering.spam.learning.Features;
import org.amrelay.filtering.spam.learning.Learned;
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

    private static final String LEARNED = "LEARNED";

    private final RuleFile rules;
    private final WeightTable model;
    private final Learned learned;

    /**
     * A scorer.
     *
     * @param model what was learned; not changed any more
     */
    public RuleScorer(RuleFile rules, WeightTable model) {
        this(rules, model, Learned.nothing());
    }

    /**
     * A scorer that goes on learning.
     *
     * @param learned what people taught beyond the model
     */
    public RuleScorer(RuleFile rules, WeightTable model, Learned learned) {
        this.rules = rules;
        this.model = model;
        this.learned = learned;
    }

    @Override
    public SpamScore score(MessageView view, KnownOrigin origin) {
        Known known = known(view, origin);
        List<Hit> hits = new ArrayList<>(known.hits);
        learned.known(known.specimen).ifPresent(hits::add);
        double taught = rounded(learned.points(known.features, origin.reader()));
        if (taught != 0) {
            hits.add(new Hit(LEARNED, taught, "like " + kind(taught) + " that was reported here"));
        }
        return SpamScore.of(hits, rules.required());
    }

    /** All that is known about a message but for what people taught. */
    record Known(Specimen specimen, List<Hit> hits, int[] features) {
        double points() {
            return hits.stream().mapToDouble(Hit::weight).sum();
        }
    }

    Known known(MessageView view, KnownOrigin origin) {
        Specimen specimen = Specimen.of(view, origin);
        List<Hit> hits = new ArrayList<>(rules.rules().hits(specimen));
        int[] features = Features.of(specimen, hits.stream().map(Hit::name).toList());
        double points = Math.max(LEAST, Math.min(MOST, model.points(features)));
        // Outbound mail is judged by what it says, as most of the model is about how spam gets here
        double weight = rounded(origin.outbound() ? points / 2 : points);
        if (weight != 0) {
            hits.add(new Hit(MODEL, weight, "like " + kind(weight) + " that was learned"));
        }
        return new Known(specimen, hits, features);
    }

    private static double rounded(double points) {
        return Math.rint(points * 100) / 100;
    }

    private static String kind(double weight) {
        return weight > 0 ? "spam" : "wanted mail";
    }
}
