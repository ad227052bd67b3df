// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.mail.message.MessageView;

/** Gives a message its points. */
@FunctionalInterface
public interface SpamScorer {
    /** The points of a message. */
    SpamScore score(MessageView view, KnownOrigin origin);

    /** With the tests and the model that the program brings along; safe for several threads. */
    static SpamScorer shipped() {
        return new RuleScorer(RuleFile.shipped(), WeightTable.shipped());
    }
}
