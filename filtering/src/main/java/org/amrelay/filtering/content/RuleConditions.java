// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.amrelay.mail.address.EmailAddress;

/** Conditions made of others and of plain questions. Stateless. */
final class RuleConditions {
    private RuleConditions() {}

    /** A question about the mail. */
    static RuleCondition ofMail(int cost, Predicate<RuledMessage> question) {
        return new Asked(cost, false, (subject, recipient) -> question.test(subject));
    }

    /** A question about each recipient. */
    static RuleCondition ofRecipient(BiPredicate<RuledMessage, EmailAddress> question) {
        return new Asked(RuleCondition.Cost.ENVELOPE, true, question);
    }

    /** All hold; the cheap ones are asked first, and nothing is asked behind one that does not hold. */
    static RuleCondition all(List<RuleCondition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new All(sorted(conditions));
    }

    static RuleCondition any(List<RuleCondition> conditions) {
        return new Any(sorted(conditions));
    }

    static RuleCondition not(RuleCondition condition) {
        return new Not(condition);
    }

    private static List<RuleCondition> sorted(List<RuleCondition> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparingInt(RuleCondition::cost))
                .toList();
    }

    private record Asked(int cost, boolean asksRecipient, BiPredicate<RuledMessage, EmailAddress> question)
            implements RuleCondition {
        @Override
        public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
            return question.test(subject, recipient) ? HOLDS : NO;
        }
    }

    private record All(List<RuleCondition> conditions) implements RuleCondition {
        @Override
        public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
            List<ContentFinding> found = new ArrayList<>();
            for (RuleCondition condition : conditions) {
                List<ContentFinding> each = condition.findings(subject, recipient);
                if (each.isEmpty()) {
                    return NO;
                }
                if (each != HOLDS) {
                    found.addAll(each);
                }
            }
            return found.isEmpty() ? HOLDS : found;
        }

        @Override
        public int cost() {
            return conditions.stream().mapToInt(RuleCondition::cost).max().orElse(0);
        }

        @Override
        public boolean asksRecipient() {
            return conditions.stream().anyMatch(RuleCondition::asksRecipient);
        }
    }

    private record Any(List<RuleCondition> conditions) implements RuleCondition {
        @Override
        public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
            for (RuleCondition condition : conditions) {
                List<ContentFinding> each = condition.findings(subject, recipient);
                if (!each.isEmpty()) {
                    return each;
                }
            }
            return NO;
        }

        @Override
        public int cost() {
            return conditions.stream().mapToInt(RuleCondition::cost).max().orElse(0);
        }

        @Override
        public boolean asksRecipient() {
            return conditions.stream().anyMatch(RuleCondition::asksRecipient);
        }
    }

    private record Not(RuleCondition condition) implements RuleCondition {
        @Override
        public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
            return condition.holds(subject, recipient) ? NO : HOLDS;
        }

        @Override
        public int cost() {
            return condition.cost();
        }

        @Override
        public boolean asksRecipient() {
            return condition.asksRecipient();
        }
    }
}
