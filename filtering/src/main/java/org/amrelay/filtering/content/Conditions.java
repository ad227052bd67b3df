// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.amrelay.mail.address.EmailAddress;

/** Conditions made of others and of plain questions. Stateless. */
final class Conditions {
    private Conditions() {}

    /** A question about the mail. */
    static Condition ofMail(int cost, Predicate<Subject> question) {
        return new Asked(cost, false, (subject, recipient) -> question.test(subject));
    }

    /** A question about each recipient. */
    static Condition ofRecipient(BiPredicate<Subject, EmailAddress> question) {
        return new Asked(Condition.Cost.ENVELOPE, true, question);
    }

    /** All hold; the cheap ones are asked first, and nothing is asked behind one that does not hold. */
    static Condition all(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new All(sorted(conditions));
    }

    static Condition any(List<Condition> conditions) {
        return new Any(sorted(conditions));
    }

    static Condition not(Condition condition) {
        return new Not(condition);
    }

    private static List<Condition> sorted(List<Condition> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparingInt(Condition::cost))
                .toList();
    }

    private record Asked(int cost, boolean asksRecipient, BiPredicate<Subject, EmailAddress> question)
            implements Condition {
        @Override
        public List<Finding> findings(Subject subject, EmailAddress recipient) {
            return question.test(subject, recipient) ? HOLDS : NO;
        }
    }

    private record All(List<Condition> conditions) implements Condition {
        @Override
        public List<Finding> findings(Subject subject, EmailAddress recipient) {
            List<Finding> found = new ArrayList<>();
            for (Condition condition : conditions) {
                List<Finding> each = condition.findings(subject, recipient);
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
            return conditions.stream().mapToInt(Condition::cost).max().orElse(0);
        }

        @Override
        public boolean asksRecipient() {
            return conditions.stream().anyMatch(Condition::asksRecipient);
        }
    }

    private record Any(List<Condition> conditions) implements Condition {
        @Override
        public List<Finding> findings(Subject subject, EmailAddress recipient) {
            for (Condition condition : conditions) {
                List<Finding> each = condition.findings(subject, recipient);
                if (!each.isEmpty()) {
                    return each;
                }
            }
            return NO;
        }

        @Override
        public int cost() {
            return conditions.stream().mapToInt(Condition::cost).max().orElse(0);
        }

        @Override
        public boolean asksRecipient() {
            return conditions.stream().anyMatch(Condition::asksRecipient);
        }
    }

    private record Not(Condition condition) implements Condition {
        @Override
        public List<Finding> findings(Subject subject, EmailAddress recipient) {
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
