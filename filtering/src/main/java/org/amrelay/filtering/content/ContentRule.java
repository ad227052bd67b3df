// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/** One rule, compiled. Immutable, safe for several threads. */
record ContentRule(
        String name, RuleMode mode, Optional<Condition> when, List<Condition> except, RuleActions actions) {
    /** What makes it hit; empty when it does not. */
    List<Finding> findings(Subject subject, EmailAddress recipient) {
        List<Finding> found = when.isEmpty() ? Condition.HOLDS : when.get().findings(subject, recipient);
        boolean excepted =
                !found.isEmpty() && except.stream().anyMatch(each -> each.holds(subject, recipient));
        return excepted ? Condition.NO : found;
    }

    boolean asksRecipient() {
        return when.filter(Condition::asksRecipient).isPresent()
                || except.stream().anyMatch(Condition::asksRecipient);
    }
}
