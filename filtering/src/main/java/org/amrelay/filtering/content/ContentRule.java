// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/** One rule, compiled. Immutable, safe for several threads. */
record ContentRule(
        String name, RuleMode mode, Optional<RuleCondition> when, List<RuleCondition> except, RuleActions actions) {
    /** What makes it hit; empty when it does not. */
    List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
        List<ContentFinding> found =
                when.isEmpty() ? RuleCondition.HOLDS : when.get().findings(subject, recipient);
        boolean excepted = !found.isEmpty() && except.stream().anyMatch(each -> each.holds(subject, recipient));
        return excepted ? RuleCondition.NO : found;
    }

    boolean asksRecipient() {
        return when.filter(RuleCondition::asksRecipient).isPresent()
                || except.stream().anyMatch(RuleCondition::asksRecipient);
    }
}
