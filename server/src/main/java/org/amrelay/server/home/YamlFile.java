// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/**
 * A YAML file of nested words and plain values, flattened, with the line of each value.
 *
 * <p>Lists are not part of this; a file with one is refused with its line. At most 1 MB and 20 levels.
 *
 * @param file where it came from, for messages
 * @param values each value by its place, {@code [level, level, …]} joined by a zero byte-free separator
 */
record YamlFile(Path file, Map<String, Entry> values) {
    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_DEPTH = 20;

    /** Between the levels; a space because keys such as domain names have dots. */
    static final String LEVEL = " ";

    record Entry(String value, int line) {}

    static YamlFile read(Path file) {
        if (!Files.exists(file)) {
            return new YamlFile(file, Map.of());
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StartRefused(file + " is larger than 1 MB; this is not a settings file");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(file.getFileName().toString())
                            .setAllowDuplicateKeys(false)
                            .build())
                    .composeString(text);
            Map<String, Entry> values = new LinkedHashMap<>();
            root.ifPresent(node -> flatten(file, node, "", 0, values));
            return new YamlFile(file, Map.copyOf(values));
        } catch (MarkedYamlEngineException broken) {
            String place = broken.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new StartRefused(file + place + ": " + broken.getProblem(), broken);
        } catch (YamlEngineException | IOException | UncheckedIOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void flatten(Path file, Node node, String path, int depth, Map<String, Entry> into) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (depth > MAX_DEPTH) {
            throw new StartRefused(file + " line " + line + ": more than " + MAX_DEPTH + " levels");
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new StartRefused(file + " line " + line + ": a name is expected before the colon");
                }
                flatten(
                        file,
                        tuple.getValueNode(),
                        path.isEmpty() ? key.getValue() : path + LEVEL + key.getValue(),
                        depth + 1,
                        into);
            }
        } else if (node instanceof ScalarNode scalar) {
            if (path.isEmpty() && !scalar.getValue().isEmpty()) {
                throw new StartRefused(file + " line " + line + ": expected lines like 'hostname: mail.example.org'");
            }
            if (!path.isEmpty() && into.put(path, new Entry(scalar.getValue(), line)) != null) {
                throw new StartRefused(file + " line " + line + ": '" + path.replace(LEVEL, ".") + "' is there twice");
            }
        } else {
            throw new StartRefused(file + " line " + line + ": a list is not expected at '" + path + "'");
        }
    }
}
