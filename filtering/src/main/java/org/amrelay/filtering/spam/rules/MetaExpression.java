// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A condition over the names of tests: {@code A && (B || !C)}. Immutable.
 *
 * <p>At most {@value #LONGEST} characters and {@value #DEEPEST} parentheses inside each other.
 */
public final class MetaExpression {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 20;

    private final Predicate<Predicate<String>> condition;
    private final Set<String> names;

    private MetaExpression(Predicate<Predicate<String>> condition, Set<String> names) {
        this.condition = condition;
        this.names = Set.copyOf(names);
    }

    /** @throws IllegalArgumentException with a sentence when it is none */
    public static MetaExpression parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a condition has at most " + LONGEST + " characters");
        }
        Parser parser = new Parser(text);
        Predicate<Predicate<String>> condition = parser.or(0);
        if (parser.at < text.length()) {
            throw new IllegalArgumentException("'" + text.substring(parser.at) + "' is not expected in the condition");
        }
        return new MetaExpression(condition, parser.names);
    }

    /** The tests that it asks for. */
    public Set<String> names() {
        return names;
    }

    /** Whether it holds. */
    public boolean holds(Predicate<String> hit) {
        return condition.test(hit);
    }

    private static final class Parser {
        private final String text;
        private final Set<String> names = new TreeSet<>();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        private Predicate<Predicate<String>> or(int depth) {
            List<Predicate<Predicate<String>>> any = new ArrayList<>();
            do {
                any.add(and(depth));
            } while (takes("||"));
            return hits -> any.stream().anyMatch(each -> each.test(hits));
        }

        private Predicate<Predicate<String>> and(int depth) {
            List<Predicate<Predicate<String>>> all = new ArrayList<>();
            do {
                all.add(not(depth));
            } while (takes("&&"));
            return hits -> all.stream().allMatch(each -> each.test(hits));
        }

        private Predicate<Predicate<String>> not(int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("the condition is nested too deeply");
            }
            if (takes("!")) {
                return not(depth + 1).negate();
            }
            if (takes("(")) {
                Predicate<Predicate<String>> inside = or(depth + 1);
                if (!takes(")")) {
                    throw new IllegalArgumentException("a closing parenthesis is missing in the condition");
                }
                return inside;
            }
            return name();
        }

        private Predicate<Predicate<String>> name() {
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (at == from) {
                throw new IllegalArgumentException(
                        "the name of a test is expected in the condition after '" + text.substring(0, from) + "'");
            }
            String name = text.substring(from, at);
            names.add(name);
            skip();
            return hits -> hits.test(name);
        }

        private boolean takes(String sign) {
            skip();
            if (!text.startsWith(sign, at)) {
                return false;
            }
            at += sign.length();
            skip();
            return true;
        }

        private void skip() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
