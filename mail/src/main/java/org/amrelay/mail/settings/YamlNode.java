// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A part of a YAML text with the line where it begins. Immutable. */
sealed interface YamlNode {
    int line();

    /** One value; empty text when nothing stands behind the colon. */
    record Scalar(String value, int line) implements YamlNode {}

    record Items(List<YamlNode> nodes, int line) implements YamlNode {}

    /** Names and values in the order of the text. */
    record Fields(Map<String, YamlNode> nodes, int line) implements YamlNode {}

    /**
     * Reads a text; one without content is empty fields.
     *
     * @throws InvalidSettingsException with line and column when it is no YAML, or too deep or too large
     */
    static YamlNode parse(String text) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setAllowNonScalarKeys(true).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty() ? new Fields(Map.of(), 1) : new Reading().node(root.get(), 0);
        } catch (MarkedYamlEngineException broken) {
            String place = broken.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw new InvalidSettingsException(List.of(place + broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw new InvalidSettingsException(List.of("no YAML: " + broken.getMessage()));
        }
    }

    /** Copies the parser's nodes within limits: an alias may stand for very much. */
    final class Reading {
        private static final int MOST_LEVELS = 20;
        private static final int MOST_NODES = 100_000;

        private int nodes;

        private YamlNode node(Node node, int depth) {
            int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            if (depth > MOST_LEVELS || ++nodes > MOST_NODES) {
                throw new InvalidSettingsException(List.of("line " + line + ": more than " + MOST_LEVELS + " levels or "
                        + MOST_NODES + " values, this is no settings file"));
            }
            if (node instanceof ScalarNode scalar) {
                return new Scalar(scalar.getValue(), line);
            } else if (node instanceof SequenceNode sequence) {
                List<YamlNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(node(item, depth + 1));
                }
                return new Items(List.copyOf(items), line);
            } else if (node instanceof MappingNode mapping) {
                return fields(mapping, line, depth);
            }
            throw new InvalidSettingsException(List.of("line " + line + ": a value is expected here"));
        }

        private Fields fields(MappingNode mapping, int line, int depth) {
            Map<String, YamlNode> fields = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new InvalidSettingsException(
                            List.of("line " + line + ": a name is expected before the colon"));
                }
                YamlNode value = node(tuple.getValueNode(), depth + 1);
                if (fields.put(key.getValue(), value) != null) {
                    throw new InvalidSettingsException(
                            List.of("line " + value.line() + ": '" + key.getValue() + "' is there twice"));
                }
            }
            return new Fields(Collections.unmodifiableMap(fields), line);
        }
    }
}
