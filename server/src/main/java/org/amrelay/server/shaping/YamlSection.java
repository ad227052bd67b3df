// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.shaping;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file: typed values by name, and a sentence with line and column for what cannot be.
 *
 * <p>Names that nobody asked for are unknown: call {@link #done} at the end.
 */
final class YamlSection {
    /** Something that cannot be; the text begins with the place. */
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mistake(Node node, String sentence) {
            super(place(node) + ": " + sentence);
        }

        Mistake(Node node, String sentence, Throwable cause) {
            super(place(node) + ": " + sentence, cause);
        }

        private static String place(Node node) {
            return node.getStartMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("somewhere");
        }
    }

    private static final int MOST_ENTRIES = 10_000;

    private final Node node;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Collection<String> asked = new TreeSet<>();

    YamlSection(Node node) {
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw new Mistake(node, "names with values are expected, like 'name: value'");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            entries.put(text(tuple.getKeyNode()), tuple);
        }
        if (entries.size() > MOST_ENTRIES) {
            throw new Mistake(node, "more than " + MOST_ENTRIES + " names");
        }
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new Mistake(node, "a plain value is expected");
    }

    private Optional<Node> find(String name) {
        asked.add(name);
        return Optional.ofNullable(entries.get(name))
                .map(NodeTuple::getValueNode)
                .filter(value -> !(value instanceof ScalarNode scalar
                        && scalar.getValue().isEmpty()));
    }

    private <T> Optional<T> value(String name, String rule, Function<String, T> reader) {
        return find(name).map(value -> {
            try {
                return reader.apply(text(value));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
                throw new Mistake(value, "'" + name + "' is '" + text(value) + "', but must be " + rule, wrong);
            }
        });
    }

    Optional<String> text(String name) {
        return find(name).map(YamlSection::text);
    }

    /** @throws Mistake when it is not there */
    String required(String name) {
        return text(name).orElseThrow(() -> new Mistake(node, "'" + name + "' is missing"));
    }

    long count(String name) {
        return value(name, "a number from 1 to 1000000000", text -> {
                    long number = Long.parseLong(text);
                    if (number < 1 || number > 1_000_000_000) {
                        throw new IllegalArgumentException(text);
                    }
                    return number;
                })
                .orElse(0L);
    }

    double fraction(String name, double otherwise) {
        return value(name, "a number above 0 and at most 1", text -> {
                    double number = Double.parseDouble(text);
                    if (!(number > 0 && number <= 1)) {
                        throw new IllegalArgumentException(text);
                    }
                    return number;
                })
                .orElse(otherwise);
    }

    boolean flag(String name) {
        return value(name, "true or false", text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                })
                .orElse(false);
    }

    Optional<LocalDate> day(String name) {
        return value(name, "a day like 2026-11-25", LocalDate::parse);
    }

    Optional<Duration> time(String name) {
        return value(name, "a time like 30s, 5m, 4h or 5d", YamlSection::duration);
    }

    List<Duration> times(String name) {
        return list(name, "times like 5m, 10m, 1h", YamlSection::duration);
    }

    List<String> texts(String name) {
        return list(name, "plain values", text -> text);
    }

    <T> List<T> list(String name, String rule, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        for (Node each : elements(name)) {
            try {
                values.add(reader.apply(text(each)));
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                throw new Mistake(each, "'" + name + "' is '" + text(each) + "', but must be " + rule, wrong);
            }
        }
        return values;
    }

    private List<Node> elements(String name) {
        Optional<Node> found = find(name);
        if (found.isPresent() && !(found.get() instanceof SequenceNode)) {
            throw new Mistake(found.get(), "'" + name + "' is a list, like [a, b]");
        }
        return found.map(list -> ((SequenceNode) list).getValue()).orElse(List.of());
    }

    Optional<YamlSection> section(String name) {
        return find(name).map(YamlSection::new);
    }

    List<YamlSection> sections(String name) {
        return elements(name).stream().map(YamlSection::new).toList();
    }

    /** All names with a number above 0 each. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : entries.keySet()) {
            value(name, "a number above 0", Double::valueOf)
                    .ifPresent(number -> numbers.put(name.toLowerCase(java.util.Locale.ROOT), number));
        }
        return numbers;
    }

    static Duration duration(String text) {
        int end = text.length() - 1;
        long number = end < 1 ? 0 : Long.parseLong(text.substring(0, end));
        Duration unit = switch (end < 1 ? ' ' : text.charAt(end)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> throw new IllegalArgumentException(text);
        };
        if (number < 0 || number > 1_000_000) {
            throw new IllegalArgumentException(text);
        }
        return unit.multipliedBy(number);
    }

    /** Makes a value of this mapping; what the value refuses is a mistake of the mapping. */
    <T> T make(java.util.function.Supplier<T> maker) {
        try {
            T made = maker.get();
            done();
            return made;
        } catch (IllegalArgumentException refused) {
            throw new Mistake(node, String.valueOf(refused.getMessage()), refused);
        }
    }

    /** @throws Mistake when there is a name that nobody asked for */
    void done() {
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
                String nearest = asked.stream()
                        .min(java.util.Comparator.comparing(known -> distance.apply(known, entry.getKey())))
                        .map(known -> ", did you mean '" + known + "'?")
                        .orElse("");
                throw new Mistake(entry.getValue().getKeyNode(), "'" + entry.getKey() + "' is unknown" + nearest);
            }
        }
    }
}
