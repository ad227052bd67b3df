// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.amrelay.filtering.sensitive.SensitiveMatch;
import org.amrelay.mail.address.EmailAddress;

/** Sensitive values in text. Immutable. */
record SensitiveCondition(Set<TextPlace> places, Set<String> types, int count, int confidence)
        implements RuleCondition {
    /** So much evidence is enough. */
    private static final int MOST = 5;

    @Override
    public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
        return subject.once(this, () -> look(subject));
    }

    private List<ContentFinding> look(RuledMessage subject) {
        List<ContentFinding> found = new ArrayList<>();
        int times = 0;
        for (TextPlace place : TextPlace.values()) {
            if (!places.contains(place)) {
                continue;
            }
            for (TextPassage passage : subject.passages(place)) {
                for (SensitiveMatch match : subject.sensitive(passage)) {
                    if (types.contains(match.type()) && match.confidence() >= confidence) {
                        times++;
                        if (found.size() < MOST) {
                            found.add(new ContentFinding(
                                    passage.part(), match.offset(), match.type() + ' ' + match.masked()));
                        }
                    }
                }
            }
        }
        return times >= count ? found : NO;
    }

    @Override
    public int cost() {
        return Cost.SENSITIVE;
    }
}
