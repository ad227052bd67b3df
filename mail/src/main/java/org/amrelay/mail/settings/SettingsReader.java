// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a settings record from names and values, or says everything that is wrong with them at once.
 *
 * <p>Values have {@code ${NAME:default}} replaced and white space around them removed. Immutable, safe for all threads.
 */
public final class SettingsReader {
    private final Map<String, String> environment;

    /**
     * Makes a reader.
     *
     * @param environment what {@code ${NAME}} in a value stands for
     */
    public SettingsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Fills the record.
     *
     * @throws InvalidSettingsException with all mistakes, each naming its parameter
     */
    public <S extends Record> S read(Class<S> type, Map<String, String> given) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> mistakes = new ArrayList<>();
        Map<String, String> values = underTodaysNames(Declaration.of(type), given, mistakes);
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = readOne(components[i], values.get(components[i].getName()), mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return construct(type, components, arguments);
    }

    /**
     * Fills the record from the text after {@code =} in {@code match="Name=text"}.
     *
     * <p>A record of one component takes the whole text; several are {@code name=value, name=value}, where a value may
     * hold commas as long as no name and equals sign follow one.
     *
     * @throws InvalidSettingsException with all mistakes
     */
    public <S extends Record> S readCondition(Class<S> type, String condition) {
        List<Declaration> declared = Declaration.of(type);
        String text = condition.trim();
        if (text.isEmpty()) {
            return read(type, Map.of());
        }
        if (declared.size() == 1) {
            Declaration only = declared.get(0);
            String prefix = only.name() + "=";
            return read(type, Map.of(only.name(), text.startsWith(prefix) ? text.substring(prefix.length()) : text));
        }
        return read(type, split(text));
    }

    private static Map<String, String> split(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String name = null;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && isName(part.substring(0, equals).trim())) {
                name = part.substring(0, equals).trim();
                if (values.put(name, part.substring(equals + 1)) != null) {
                    throw new InvalidSettingsException(List.of("'" + name + "' is given twice"));
                }
            } else if (name == null) {
                throw new InvalidSettingsException(List.of("'" + part.trim() + "' is not name=value"));
            } else {
                values.merge(name, part, (before, more) -> before + "," + more);
            }
        }
        return values;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    }

    private static Map<String, String> underTodaysNames(
            List<Declaration> declared, Map<String, String> given, List<String> mistakes) {
        Map<String, String> todays = new LinkedHashMap<>();
        declared.forEach(declaration -> {
            todays.put(declaration.name(), declaration.name());
            declaration.formerly().forEach(former -> todays.put(former, declaration.name()));
        });
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String today = todays.get(name);
            if (today == null) {
                mistakes.add(unknown(name, declared));
            } else if (values.put(today, value) != null) {
                mistakes.add("'" + today + "' is given twice, also under an earlier name");
            }
        });
        return values;
    }

    private static String unknown(String name, List<Declaration> declared) {
        List<String> names = declared.stream().map(Declaration::name).toList();
        String hint = Texts.nearest(name, names)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse(names.isEmpty() ? ", there are no parameters" : ", known are " + String.join(", ", names));
        return "'" + name + "' is unknown" + hint;
    }

    private @Nullable Object readOne(RecordComponent component, @Nullable String given, List<String> mistakes) {
        Parameter parameter = Declaration.parameterOf(component);
        boolean hasDefault = !parameter.defaultsTo().equals(Parameter.NONE);
        if (given == null && !hasDefault) {
            if (component.getType() == Optional.class) {
                return Optional.empty();
            }
            mistakes.add("'" + component.getName() + "' is missing: " + parameter.description());
            return null;
        }
        String text = given == null ? parameter.defaultsTo() : given;
        try {
            String expanded = Texts.expand(text, environment).trim();
            return component.getType() == Optional.class && expanded.isEmpty()
                    ? Optional.empty()
                    : Values.read(component.getGenericType(), expanded, parameter);
        } catch (IllegalArgumentException wrong) {
            mistakes.add("'" + component.getName() + "': '" + text.trim() + "' " + sentence(wrong));
            return null;
        }
    }

    /** Types made for settings go on with a verb; others say what they say anywhere. */
    static String sentence(IllegalArgumentException wrong) {
        String message = String.valueOf(wrong.getMessage());
        boolean goesOn = Stream.of("is ", "has ", "names ", "needs ").anyMatch(message::startsWith);
        return goesOn ? message : "is wrong: " + message;
    }

    static <S extends Record> S construct(Class<S> type, RecordComponent[] components, @Nullable Object[] arguments) {
        try {
            Constructor<S> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException rule) {
                throw new InvalidSettingsException(List.of(String.valueOf(rule.getMessage())));
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot make " + type + ": it and its constructor must be public", broken);
        }
    }
}
