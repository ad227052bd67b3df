// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;

/** The rules that hit for one recipient, with what they found, in their order. Immutable. */
record Ruling(List<RuleHit> hits) {
    /** One rule. */
    record RuleHit(ContentRule rule, List<ContentFinding> findings) {}

    /**
     * Asks the rules until one says stop.
     *
     * @param rehearsal whether rules in test count
     */
    static Ruling of(ContentBook book, RuledMessage subject, EmailAddress recipient, boolean rehearsal) {
        List<RuleHit> hits = new ArrayList<>();
        for (ContentRule rule : book.rules()) {
            if (rule.mode() == RuleMode.TEST && !rehearsal) {
                continue;
            }
            List<ContentFinding> findings = rule.findings(subject, recipient);
            if (!findings.isEmpty()) {
                hits.add(new RuleHit(rule, findings));
                if (rule.mode() == RuleMode.ENFORCE && rule.actions().stop()) {
                    break;
                }
            }
        }
        return new Ruling(List.copyOf(hits));
    }

    /** The rules that do something: recipients with the same ones share a mail. */
    List<ContentRule> enforced() {
        return hits.stream()
                .map(RuleHit::rule)
                .filter(rule ->
                        rule.mode() == RuleMode.ENFORCE && !rule.actions().equals(RuleActions.NONE))
                .toList();
    }

    List<ContentHit> shown() {
        List<ContentHit> shown = new ArrayList<>();
        for (RuleHit hit : hits) {
            for (ContentFinding finding : hit.findings()) {
                shown.add(new ContentHit(
                        hit.rule().name(), hit.rule().mode(), finding.part(), finding.offset(), finding.evidence()));
            }
        }
        return shown;
    }

    ContentOrders orders() {
        Optional<Ending> ending = Optional.empty();
        Set<EmailAddress> redirect = new LinkedHashSet<>();
        Set<EmailAddress> copy = new LinkedHashSet<>();
        Set<EmailAddress> tell = new LinkedHashSet<>();
        List<HeaderChange> header = new ArrayList<>();
        Map<String, String> replaced = new LinkedHashMap<>();
        double score = 0;
        boolean requireTls = false;
        for (RuleHit hit : hits) {
            if (hit.rule().mode() != RuleMode.ENFORCE) {
                continue;
            }
            RuleActions actions = hit.rule().actions();
            ending = ending.or(actions::ending);
            redirect.addAll(actions.redirect());
            copy.addAll(actions.copy());
            tell.addAll(actions.tell());
            header.addAll(actions.header());
            score += actions.score();
            requireTls |= actions.requireTls();
            actions.replacement()
                    .ifPresent(text -> hit.findings().stream()
                            .filter(finding ->
                                    finding.offset() < 0 && !finding.part().isEmpty())
                            .forEach(finding -> replaced.putIfAbsent(finding.part(), text)));
        }
        return new ContentOrders(
                ending,
                List.copyOf(redirect),
                List.copyOf(copy),
                header,
                replaced,
                List.copyOf(tell),
                score,
                requireTls);
    }
}
