// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mail.settings.SettingsReader;

/**
 * A YAML file of sections, each of which fills a settings record: {@code own-domain} is the component {@code ownDomain}.
 *
 * <p>A file that is missing is all defaults. What is wrong is a {@link StartRefused} with file, line where it is known,
 * and the right name. Immutable.
 */
public final class SettingsFile {
    private final Path file;
    private final Map<String, Map<String, YamlFile.Entry>> sections;
    private final SettingsReader reader;

    private SettingsFile(Path file, Map<String, Map<String, YamlFile.Entry>> sections, SettingsReader reader) {
        this.file = file;
        this.sections = sections;
        this.reader = reader;
    }

    /**
     * Reads the file.
     *
     * @param known the sections that there may be
     */
    public static SettingsFile read(Path file, Set<String> known, Map<String, String> environment) {
        Map<String, Map<String, YamlFile.Entry>> sections = new TreeMap<>();
        List<String> mistakes = new ArrayList<>();
        YamlFile.read(file).values().forEach((place, entry) -> {
            int end = place.indexOf(YamlFile.LEVEL);
            String section = end < 0 ? place : place.substring(0, end);
            if (!known.contains(section)) {
                mistakes.add("line " + entry.line() + ": '" + section + "' is unknown, known are "
                        + String.join(", ", known.stream().sorted().toList()));
            } else if (end >= 0) {
                sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(place.substring(end + 1), entry);
            } else if (!entry.value().isEmpty()) {
                mistakes.add("line " + entry.line() + ": '" + section + "' has lines below it, not a value");
            }
        });
        if (!mistakes.isEmpty()) {
            throw new StartRefused(
                    file + " " + String.join("; ", mistakes.stream().sorted().toList()));
        }
        return new SettingsFile(file, sections, new SettingsReader(environment));
    }

    /** The record of a section. */
    public <S extends Record> S section(String name, Class<S> type) {
        Map<String, String> values = new LinkedHashMap<>();
        section(name).forEach((key, entry) -> values.put(componentName(key), entry.value()));
        try {
            return reader.read(type, values);
        } catch (InvalidSettingsException wrong) {
            throw new StartRefused(
                    file + " " + name + lines(name) + ": " + yamlNames(String.valueOf(wrong.getMessage()), type),
                    wrong);
        }
    }

    /** A section whose names are the operator's own; values as written. */
    public Map<String, String> table(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        section(name).forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** What is wrong with a line of such a section. */
    public StartRefused refuse(String section, String key, String why) {
        YamlFile.Entry entry = section(section).get(key);
        String line = entry == null ? "" : " line " + entry.line();
        return new StartRefused(file + line + ": " + section + "." + key + ' ' + why);
    }

    private Map<String, YamlFile.Entry> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }

    private String lines(String section) {
        return section(section).values().stream().mapToInt(YamlFile.Entry::line).min().stream()
                .mapToObj(line -> " (from line " + line + ")")
                .findFirst()
                .orElse("");
    }

    private static String componentName(String key) {
        StringBuilder name = new StringBuilder();
        for (String word : key.split("-", -1)) {
            name.append(
                    name.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private static String yamlNames(String message, Class<? extends Record> type) {
        String text = message;
        for (var component : type.getRecordComponents()) {
            text = text.replace("'" + component.getName() + "'", "'" + yamlName(component.getName()) + "'");
        }
        return text;
    }

    /** {@code own-domain} for {@code ownDomain}. */
    public static String yamlName(String component) {
        StringBuilder name = new StringBuilder();
        component
                .chars()
                .forEach(c -> name.append(
                        Character.isUpperCase(c)
                                ? "-" + Character.toString(Character.toLowerCase(c))
                                : Character.toString(c)));
        return name.toString();
    }
}
