// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Typed values of YAML with the place of what is wrong. */
final class YamlNodes {
    private YamlNodes() {}

    private static IllegalArgumentException wrong(Node node, String sentence) {
        String place = node.getStartMark()
                .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse("somewhere");
        return new IllegalArgumentException(place + ": " + sentence);
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "a plain value is expected");
    }

    /** One mapping; names that nobody asked for are unknown. */
    static final class Mapping {
        private final Node node;
        private final Map<String, Node> values = new LinkedHashMap<>();
        private final Map<String, Node> keys = new LinkedHashMap<>();
        private final Set<String> asked = new TreeSet<>();

        Mapping(Node node) {
            this.node = node;
            if (!(node instanceof MappingNode mapping)) {
                throw wrong(node, "names with values are expected, like 'name: value'");
            }
            for (NodeTuple tuple : mapping.getValue()) {
                String key = text(tuple.getKeyNode());
                values.put(key, tuple.getValueNode());
                keys.put(key, tuple.getKeyNode());
            }
        }

        private Node valueOf(String name) {
            return values.getOrDefault(name, node);
        }

        boolean has(String name) {
            asked.add(name);
            return values.containsKey(name);
        }

        String required(String name) {
            if (!has(name)) {
                throw wrong(node, "'" + name + "' is missing");
            }
            return text(valueOf(name));
        }

        String oneOf(String name, List<String> allowed) {
            String value = required(name);
            if (!allowed.contains(value)) {
                throw wrong(valueOf(name), "'" + name + "' is '" + value + "', but must be one of " + allowed);
            }
            return value;
        }

        double number(String name, double otherwise, double most) {
            if (!has(name)) {
                return otherwise;
            }
            String value = required(name);
            try {
                double number = Double.parseDouble(value);
                if (Math.abs(number) <= most) {
                    return number;
                }
            } catch (NumberFormatException noNumber) {
                throw wrong(valueOf(name), "'" + name + "' is '" + value + "', but must be a number");
            }
            throw wrong(valueOf(name), "'" + name + "' is '" + value + "', but must be from -" + most + " to " + most);
        }

        boolean flag(String name, boolean otherwise) {
            return has(name) ? oneOf(name, List.of("true", "false")).equals("true") : otherwise;
        }

        List<String> texts(String name) {
            return elements(name).stream().map(YamlNodes::text).toList();
        }

        List<Mapping> mappings(String name) {
            List<Mapping> all = new ArrayList<>();
            elements(name).forEach(each -> all.add(new Mapping(each)));
            return all;
        }

        private List<Node> elements(String name) {
            if (!has(name)) {
                return List.of();
            }
            if (valueOf(name) instanceof SequenceNode sequence) {
                return sequence.getValue();
            }
            throw wrong(valueOf(name), "'" + name + "' is a list");
        }

        /** Makes a value of this mapping; what the value refuses is a mistake of the mapping. */
        <T> T make(Supplier<T> maker) {
            T made;
            try {
                made = maker.get();
            } catch (IllegalArgumentException refused) {
                String message = String.valueOf(refused.getMessage());
                throw message.startsWith("line ") ? refused : wrong(node, message);
            }
            for (Map.Entry<String, Node> entry : keys.entrySet()) {
                if (!asked.contains(entry.getKey())) {
                    throw wrong(entry.getValue(), "'" + entry.getKey() + "' is unknown here");
                }
            }
            return made;
        }
    }
}
