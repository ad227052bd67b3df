// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.Specimen;

/** All tests, evaluated together: each is asked once, meta tests last. Immutable, safe for several threads. */
public final class RuleBook {
    private final List<Rule> rules;
    private final PhraseIndex index = new PhraseIndex();
    private final Map<String, int[]> numbers = new HashMap<>();

    /** @throws IllegalArgumentException with a sentence when the tests do not fit together */
    public RuleBook(List<Rule> rules) {
        this.rules = inOrder(rules);
        for (Rule rule : this.rules) {
            if (rule.kind() instanceof Rule.Phrases sought) {
                numbers.put(
                        rule.name(),
                        sought.phrases().stream().mapToInt(index::add).toArray());
            }
        }
    }

    /** Meta tests behind what they ask for. */
    private static List<Rule> inOrder(List<Rule> rules) {
        Set<String> known = new HashSet<>();
        List<Rule> order = new ArrayList<>();
        List<Rule> waiting = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.kind() instanceof Rule.Meta) {
                waiting.add(rule);
            } else {
                order.add(rule);
                known.add(rule.name());
            }
        }
        while (!waiting.isEmpty()) {
            List<Rule> ready = waiting.stream()
                    .filter(rule -> known.containsAll(
                            ((Rule.Meta) rule.kind()).expression().names()))
                    .toList();
            if (ready.isEmpty()) {
                Set<String> missing = new HashSet<>(
                        ((Rule.Meta) waiting.get(0).kind()).expression().names());
                missing.removeAll(known);
                throw new IllegalArgumentException(
                        waiting.get(0).name() + " asks for " + missing + ", which is no test or asks for it in turn");
            }
            order.addAll(ready);
            ready.forEach(rule -> known.add(rule.name()));
            waiting.removeAll(ready);
        }
        return List.copyOf(order);
    }

    /** The tests in the order in which they are asked. */
    public List<Rule> rules() {
        return rules;
    }

    /** The tests that hit, in their order; those without weight help others and are not among them. */
    public List<Hit> hits(Specimen specimen) {
        PhraseIndex.Found found = index.find(specimen.folded(), specimen.foldedSubject());
        Set<String> names = new HashSet<>();
        List<Hit> hits = new ArrayList<>();
        for (Rule rule : rules) {
            Optional<String> reason = reason(rule, specimen, found, names);
            if (reason.isPresent()) {
                names.add(rule.name());
                double weight = specimen.origin().outbound() ? rule.outbound() : rule.weight();
                if (weight != 0) {
                    hits.add(new Hit(rule.name(), weight, reason.get()));
                }
            }
        }
        return hits;
    }

    private Optional<String> reason(Rule rule, Specimen specimen, PhraseIndex.Found found, Set<String> names) {
        if (rule.kind() instanceof Rule.Asked asked) {
            return asked.check().hit(specimen);
        }
        if (rule.kind() instanceof Rule.Meta meta) {
            return Rule.metaReason(meta.expression().holds(names::contains));
        }
        Rule.Phrases sought = (Rule.Phrases) rule.kind();
        BitSet there = sought.subjectOnly() ? found.inSubject() : found.anywhere();
        int count = 0;
        String first = "";
        for (int number : numbers.getOrDefault(rule.name(), new int[0])) {
            if (there.get(number)) {
                count++;
                first = first.isEmpty() ? index.phrase(number) : first;
            }
        }
        return count >= sought.least() ? Optional.of(first) : Optional.empty();
    }
}
