// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JSON Schema (2020-12) of what {@link YamlSettings} reads into a record, for editors.
 *
 * <p>Pure; made of maps, lists and plain values, for any JSON writer.
 */
public final class YamlSchema {
    private YamlSchema() {}

    /** @param title names the file */
    public static Map<String, Object> of(Class<? extends Record> type, String title) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.putAll(object(type));
        Map<String, Object> definitions = new TreeMap<>();
        records(type, new HashSet<>())
                .filter(YamlSchema::holdsItself)
                .forEach(each -> definitions.put(each.getSimpleName(), object(each)));
        if (!definitions.isEmpty()) {
            schema.put("$defs", definitions);
        }
        return schema;
    }

    /** All records that a record is made of, each once. */
    private static Stream<Class<?>> records(Class<?> type, Set<Class<?>> seen) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> plainTypes(component.getGenericType()))
                .filter(each -> each.isRecord() && seen.add(each))
                .flatMap(each -> Stream.concat(Stream.of(each), records(each, seen)));
    }

    private static Stream<Class<?>> plainTypes(Type type) {
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments()).flatMap(YamlSchema::plainTypes)
                : Stream.of((Class<?>) type);
    }

    private static boolean holdsItself(Class<?> type) {
        return records(type, new HashSet<>()).anyMatch(type::equals);
    }

    private static Map<String, Object> object(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == SourceLine.class) {
                continue;
            }
            Parameter parameter = Declaration.parameterOf(component);
            String name = YamlSettings.written(component.getName());
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", parameter.description());
            property.putAll(value(component.getGenericType(), parameter));
            boolean hasDefault = !parameter.defaultsTo().equals(Parameter.NONE);
            if (hasDefault) {
                property.put("default", typed(component.getType(), parameter.defaultsTo()));
            }
            boolean mayBeAbsent = hasDefault
                    || List.of(Optional.class, List.class, java.util.Set.class, Map.class)
                            .contains(component.getType());
            if (!mayBeAbsent) {
                required.add(name);
            }
            properties.put(name, property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Object typed(Class<?> type, String text) {
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        return type == int.class || type == long.class ? (Object) Long.valueOf(text) : text;
    }

    private static Map<String, Object> value(Type type, Parameter parameter) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return value(of[0], parameter);
            } else if (generic.getRawType() == Map.class) {
                return Map.of("type", List.of("object", "null"), "additionalProperties", value(of[1], parameter));
            }
            Map<String, Object> element = value(of[0], parameter);
            Map<String, Object> list = new LinkedHashMap<>();
            list.put("type", "array");
            list.put("items", element);
            // The only element may stand alone, plain ones also with commas between them
            return either(List.of(list, element, Map.of("type", List.of("string", "null"))));
        }
        Class<?> plain = (Class<?>) type;
        if (!plain.isRecord()) {
            return scalar(plain, parameter);
        }
        if (holdsItself(plain)) {
            return Map.of("$ref", "#/$defs/" + plain.getSimpleName());
        }
        boolean structured = Arrays.stream(plain.getRecordComponents())
                .allMatch(c -> c.isAnnotationPresent(Parameter.class) || c.getType() == SourceLine.class);
        if (!structured) {
            return Map.of("type", List.of("string", "number"));
        }
        boolean shortForm = Arrays.stream(plain.getMethods())
                .anyMatch(method -> Modifier.isStatic(method.getModifiers())
                        && method.getName().equals("of")
                        && method.getReturnType() == plain);
        return shortForm ? either(List.of(object(plain), Map.of("type", "string"))) : object(plain);
    }

    private static Map<String, Object> either(List<Map<String, Object>> forms) {
        return Map.of("anyOf", forms.stream().distinct().toList());
    }

    private static Map<String, Object> scalar(Class<?> type, Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type.isEnum()) {
            schema.put(
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant)
                                    .name()
                                    .replace('_', '-')
                                    .toLowerCase(Locale.ROOT))
                            .toList());
        } else if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            schema.put("type", "integer");
            if (parameter.min() != Long.MIN_VALUE) {
                schema.put("minimum", parameter.min());
            }
            if (parameter.max() != Long.MAX_VALUE) {
                schema.put("maximum", parameter.max());
            }
        } else {
            schema.put("type", type == String.class ? "string" : List.of("string", "number"));
        }
        return schema;
    }
}
