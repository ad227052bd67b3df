// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.mail.settings.InvalidSettingsException;

/**
 * All rules in the order in which they are asked, compiled once. Immutable, safe for several threads.
 *
 * @param types of sensitive values that rules ask for
 * @param asksSpamScore whether a rule wants to know the spam points
 */
public record ContentBook(List<ContentRule> rules, Set<String> types, boolean asksSpamScore) {
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 60;

    public ContentBook {
        rules = List.copyOf(rules);
        types = Set.copyOf(types);
    }

    /** No rules. */
    public static ContentBook empty() {
        return new ContentBook(List.of(), Set.of(), false);
    }

    /**
     * Compiles a file.
     *
     * @param knownTypes of sensitive values; when there are none, all are taken
     * @throws InvalidSettingsException with all mistakes, each with its line
     */
    public static ContentBook of(ContentRuleFile file, Set<String> knownTypes) {
        List<String> mistakes = new ArrayList<>();
        ConditionCompiler compiler = new ConditionCompiler(groups(file, mistakes), knownTypes, mistakes);
        Set<String> names = new HashSet<>();
        List<ContentRule> rules = new ArrayList<>();
        file.rules().stream()
                .sorted(Comparator.comparingInt(RuleSettings::priority))
                .forEach(each -> rules.add(rule(each, compiler, names, mistakes)));
        if (rules.size() > MOST) {
            mistakes.add("there are more than " + MOST + " rules");
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return new ContentBook(rules, compiler.types(), file.rules().stream().anyMatch(ContentBook::asksSpamScore));
    }

    private static Map<String, List<RuleAddress>> groups(ContentRuleFile file, List<String> mistakes) {
        Map<String, List<RuleAddress>> groups = new HashMap<>();
        file.groups().forEach((name, members) -> {
            try {
                groups.put(name, RuleAddress.of(members, groups));
            } catch (IllegalArgumentException mistake) {
                mistakes.add("group '" + name + "': " + mistake.getMessage());
                groups.put(name, List.of());
            }
        });
        return groups;
    }

    private static ContentRule rule(
            RuleSettings given, ConditionCompiler compiler, Set<String> names, List<String> mistakes) {
        String name = given.name();
        if (!names.add(name)) {
            mistakes.add(given.line().says("there are two rules '" + name + "'; give each its own name"));
        }
        boolean legal = name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
        if (name.isEmpty() || name.length() > LONGEST_NAME || !legal) {
            mistakes.add(given.line()
                    .says("the name '" + name + "' may have letters, digits, - and _, at most " + LONGEST_NAME));
        }
        return new ContentRule(
                name,
                given.mode(),
                given.when().map(compiler::compile),
                given.except().stream().map(compiler::compile).toList(),
                given.then().map(then -> RuleActions.of(name, then, mistakes)).orElse(RuleActions.NONE));
    }

    private static boolean asksSpamScore(RuleSettings rule) {
        return rule.mode() == RuleMode.ENFORCE
                && (rule.when().filter(ContentBook::asksSpamScore).isPresent()
                        || rule.except().stream().anyMatch(ContentBook::asksSpamScore));
    }

    private static boolean asksSpamScore(ConditionSettings condition) {
        return condition.spamScoreAbove().isPresent()
                || condition.not().filter(ContentBook::asksSpamScore).isPresent()
                || condition.all().stream().anyMatch(ContentBook::asksSpamScore)
                || condition.any().stream().anyMatch(ContentBook::asksSpamScore);
    }

    /** Whether some rule may refuse a mail by what is known before the spam points are. */
    public boolean refusesInSession() {
        return !asksSpamScore
                && rules.stream()
                        .anyMatch(rule -> rule.mode() == RuleMode.ENFORCE
                                && rule.actions()
                                        .ending()
                                        .filter(Ending.Reject.class::isInstance)
                                        .isPresent());
    }

    /** Whether the answer may differ from one recipient to another. */
    boolean asksRecipient() {
        return rules.stream().anyMatch(ContentRule::asksRecipient);
    }
}
