// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.Optional;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.mail.message.MessageView;

/** Remembers the points that a mailet asked for, so that they are not computed again to be shown. For one thread. */
final class RecordingScorer implements SpamScorer {
    private final SpamScorer scorer;
    private Optional<SpamScore> last = Optional.empty();

    RecordingScorer(SpamScorer scorer) {
        this.scorer = scorer;
    }

    void forget() {
        last = Optional.empty();
    }

    /** What was asked for last since it was told to forget. */
    Optional<SpamScore> last() {
        return last;
    }

    @Override
    public SpamScore score(MessageView view, KnownOrigin origin) {
        SpamScore score = scorer.score(view, origin);
        last = Optional.of(score);
        return score;
    }
}
