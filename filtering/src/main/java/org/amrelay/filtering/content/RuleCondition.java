// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import org.amrelay.mail.address.EmailAddress;

/** Something that a rule asks of a mail. Immutable, safe for several threads. */
interface RuleCondition {
    /** Nothing was asked for inside of the message. */
    List<ContentFinding> HOLDS = List.of(new ContentFinding("", -1, ""));

    /** It does not hold. */
    List<ContentFinding> NO = List.of();

    /** What makes it hold; empty when it does not. */
    List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient);

    default boolean holds(RuledMessage subject, EmailAddress recipient) {
        return !findings(subject, recipient).isEmpty();
    }

    /** What it costs to ask; the cheap ones are asked first. */
    default int cost() {
        return Cost.ENVELOPE;
    }

    /** Whether the answer may differ from one recipient to another. */
    default boolean asksRecipient() {
        return false;
    }

    /** Steps of costs. */
    final class Cost {
        static final int ENVELOPE = 0;
        static final int HEADER = 1;
        static final int ATTACHMENTS = 2;
        static final int TEXT = 3;
        static final int SENSITIVE = 4;

        private Cost() {}
    }
}
