// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.rules.YamlNodes.Mapping;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What {@code spam.yaml} says. Immutable.
 *
 * @param required points from which a message is spam
 */
public record RuleFile(double required, RuleBook rules) {
    private static final String SHIPPED = "/org/amrelay/filtering/spam/spam.yaml";
    private static final int MOST_TESTS = 2_000;
    private static final double HEAVIEST = 100;

    /** A mistake in the file; the message begins with its place. */
    public static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Mistake(String message) {
            super(message);
        }

        public Mistake(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The tests that the program brings along. */
    public static RuleFile shipped() {
        try (InputStream in = RuleFile.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new Mistake("the build has no " + SHIPPED);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "spam.yaml");
        } catch (IOException unreadable) {
            throw new Mistake("spam.yaml cannot be read", unreadable);
        }
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @throws Mistake with file, line and column when something cannot be
     */
    public static RuleFile parse(String text, String file) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(file)
                            .setAllowDuplicateKeys(false)
                            .build())
                    .composeString(text);
            return root.map(node -> read(new Mapping(node))).orElseGet(() -> new RuleFile(5, new RuleBook(List.of())));
        } catch (MarkedYamlEngineException broken) {
            String place = broken.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new Mistake(file + place + ": " + broken.getProblem(), broken);
        } catch (YamlEngineException broken) {
            throw new Mistake(file + " cannot be read: " + broken.getMessage(), broken);
        } catch (IllegalArgumentException mistake) {
            throw new Mistake(file + " " + mistake.getMessage(), mistake);
        }
    }

    private static RuleFile read(Mapping file) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Mapping each : file.mappings("tests")) {
            rules.add(each.make(() -> rule(each, names)));
        }
        if (rules.size() > MOST_TESTS) {
            throw new IllegalArgumentException("has more than " + MOST_TESTS + " tests");
        }
        return file.make(() -> new RuleFile(file.number("required", 5, HEAVIEST), new RuleBook(rules)));
    }

    private static String name(String name, Set<String> names) {
        if (!name.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_')
                || name.length() > 40) {
            throw new IllegalArgumentException(
                    "the name '" + name + "' may have capital letters, digits and underscores, at most 40");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("the test " + name + " is there twice");
        }
        return name;
    }

    private static Rule rule(Mapping each, Set<String> names) {
        String name = name(each.required("name"), names);
        double weight = each.number("weight", 0, HEAVIEST);
        return new Rule(name, weight, each.number("outbound", weight, HEAVIEST), each.required("describe"), kind(each));
    }

    private static Rule.Kind kind(Mapping each) {
        List<String> kinds = List.of("check", "header", "uri", "body", "phrases", "meta");
        List<String> given = kinds.stream().filter(each::has).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("a test has one of " + kinds + ", not " + given);
        }
        return switch (given.get(0)) {
            case "check" ->
                new Rule.Asked(Checks.of(each.required("check"))
                        .orElseThrow(() -> new IllegalArgumentException("there is no check '" + each.required("check")
                                + "'; there are "
                                + String.join(
                                        ", ",
                                        new java.util.TreeSet<>(Checks.named().keySet())))));
            case "header" -> new Rule.Asked(PatternChecks.header(each.required("header"), each.required("matches")));
            case "uri" -> new Rule.Asked(PatternChecks.uri(each.required("uri")));
            case "body" -> new Rule.Asked(PatternChecks.body(each.required("body"), Set.copyOf(each.texts("words"))));
            case "phrases" ->
                new Rule.Phrases(
                        each.texts("phrases"),
                        each.has("in")
                                && each.oneOf("in", List.of("text", "subject")).equals("subject"),
                        (int) each.number("least", 1, 100));
            default -> new Rule.Meta(MetaExpression.parse(each.required("meta")));
        };
    }
}
