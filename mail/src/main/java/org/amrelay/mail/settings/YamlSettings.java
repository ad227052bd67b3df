// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.settings.YamlNode.Fields;
import org.amrelay.mail.settings.YamlNode.Items;
import org.amrelay.mail.settings.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Fills a settings record from a YAML text, or says everything that is wrong with it at once, each with its line.
 *
 * <p>Beyond what {@link SettingsReader} takes, components may be records, lists of records and maps, and a record with a
 * static {@code of(String)} may be written as one value. Names are written with hyphens: {@code largerThan} is
 * {@code larger-than}. {@code ${NAME:default}} is replaced in values. One object reads one text.
 */
public final class YamlSettings {
    private final Map<String, String> environment;
    private final List<String> mistakes = new ArrayList<>();

    private YamlSettings(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads the text.
     *
     * @param environment what {@code ${NAME}} in a value stands for
     * @throws InvalidSettingsException with all mistakes
     */
    public static <S extends Record> S read(Class<S> type, String text, Map<String, String> environment) {
        YamlSettings reading = new YamlSettings(environment);
        YamlNode root = YamlNode.parse(text);
        if (!(root instanceof Fields fields)) {
            throw new InvalidSettingsException(List.of("line 1: expected lines like 'name: value'"));
        }
        S read = reading.record(type, fields);
        if (read == null || !reading.mistakes.isEmpty()) {
            throw new InvalidSettingsException(reading.mistakes);
        }
        return read;
    }

    /** A component's name as it is written in a file. */
    public static String written(String component) {
        StringBuilder out = new StringBuilder();
        component.chars().forEach(c -> {
            if (Character.isUpperCase(c)) {
                out.append('-');
            }
            out.append((char) Character.toLowerCase(c));
        });
        return out.toString();
    }

    private <S extends Record> @Nullable S record(Class<S> type, Fields fields) {
        RecordComponent[] components = type.getRecordComponents();
        int before = mistakes.size();
        refuseUnknown(components, fields);
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            arguments[i] = component.getType() == SourceLine.class
                    ? new SourceLine(fields.line())
                    : component(component, fields.nodes().get(written(component.getName())), fields.line());
        }
        if (mistakes.size() > before) {
            return null;
        }
        try {
            return SettingsReader.construct(type, components, arguments);
        } catch (InvalidSettingsException rule) {
            rule.mistakes().forEach(mistake -> mistake(fields.line(), mistake));
            return null;
        }
    }

    private void refuseUnknown(RecordComponent[] components, Fields fields) {
        List<String> known = Arrays.stream(components)
                .filter(component -> component.getType() != SourceLine.class)
                .map(component -> written(component.getName()))
                .toList();
        fields.nodes().forEach((name, node) -> {
            if (!known.contains(name)) {
                String hint = Texts.nearest(name, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(", known are " + String.join(", ", known));
                mistake(node.line(), "'" + name + "' is unknown" + hint);
            }
        });
    }

    private @Nullable Object component(RecordComponent component, @Nullable YamlNode node, int line) {
        Parameter parameter = Declaration.parameterOf(component);
        String name = written(component.getName());
        Type type = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        boolean empty = node instanceof Scalar scalar && scalar.value().isEmpty();
        if (node == null || (empty && (optional || isCollection(component.getType())))) {
            if (!parameter.defaultsTo().equals(Parameter.NONE)) {
                return value(name, type, new Scalar(parameter.defaultsTo(), line), parameter);
            } else if (optional) {
                return Optional.empty();
            } else if (isCollection(component.getType())) {
                return nothing(component.getType());
            }
            mistake(line, "'" + name + "' is missing: " + parameter.description());
            return null;
        }
        return value(name, type, node, parameter);
    }

    private static boolean isCollection(Class<?> type) {
        return Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
    }

    private static Object nothing(Class<?> type) {
        return type == Map.class ? Map.of() : type == Set.class ? Set.of() : List.of();
    }

    private @Nullable Object value(String name, Type type, YamlNode node, Parameter parameter) {
        if (type instanceof ParameterizedType generic) {
            return generic(name, generic, node, parameter);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && node instanceof Fields fields) {
            return record(plain.asSubclass(Record.class), fields);
        }
        if (node instanceof Scalar scalar) {
            return scalar(name, plain, scalar, parameter);
        }
        mistake(node.line(), "'" + name + "' is a list or has names below it, but one value is expected");
        return null;
    }

    private @Nullable Object generic(String name, ParameterizedType type, YamlNode node, Parameter parameter) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.ofNullable(value(name, of[0], node, parameter));
        }
        if (type.getRawType() == Map.class) {
            return map(name, of[1], node, parameter);
        }
        Collection<Object> elements = type.getRawType() == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        for (YamlNode item : items(node)) {
            Object element = value(name, of[0], item, parameter);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements instanceof Set<?> set ? Collections.unmodifiableSet(set) : List.copyOf(elements);
    }

    /** A list may be written as one value with commas, or as the only item itself. */
    private List<YamlNode> items(YamlNode node) {
        if (node instanceof Items items) {
            return items.nodes();
        } else if (node instanceof Scalar scalar) {
            return Arrays.stream(expanded(scalar).split("[,\\n]", -1))
                    .filter(part -> !part.isBlank())
                    .map(part -> (YamlNode) new Scalar(part.strip(), scalar.line()))
                    .toList();
        }
        return List.of(node);
    }

    /** As it is when it cannot be expanded: its part then says what is wrong. */
    private String expanded(Scalar scalar) {
        try {
            return Texts.expand(scalar.value(), environment);
        } catch (IllegalArgumentException wrong) {
            return scalar.value();
        }
    }

    private @Nullable Object map(String name, Type type, YamlNode node, Parameter parameter) {
        if (!(node instanceof Fields fields)) {
            mistake(node.line(), "'" + name + "' needs lines like 'name: value' below it");
            return null;
        }
        Map<String, Object> read = new LinkedHashMap<>();
        fields.nodes().forEach((key, child) -> {
            Object value = value(name + "." + key, type, child, parameter);
            if (value != null) {
                read.put(key, value);
            }
        });
        return Collections.unmodifiableMap(read);
    }

    private @Nullable Object scalar(String name, Class<?> type, Scalar scalar, Parameter parameter) {
        if (type.isRecord()
                && Arrays.stream(type.getMethods()).noneMatch(m -> m.getName().equals("of"))) {
            mistake(scalar.line(), "'" + name + "' needs lines like 'name: value' below it");
            return null;
        }
        try {
            return Values.read(type, Texts.expand(scalar.value(), environment).strip(), parameter);
        } catch (IllegalArgumentException wrong) {
            mistake(scalar.line(), "'" + name + "': '" + scalar.value() + "' " + SettingsReader.sentence(wrong));
            return null;
        }
    }

    private void mistake(int line, String sentence) {
        mistakes.add(String.format(Locale.ROOT, "line %d: %s", line, sentence));
    }
}
