// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the text of one value into the type of its component; mistakes are sentences without the name in front. */
final class Values {
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Values() {}

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException with a sentence when the text does not fit
     */
    static Object read(Type type, String text, Parameter parameter) {
        if (type instanceof ParameterizedType generic) {
            return readGeneric(generic, text, parameter);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return text;
        } else if (plain == boolean.class || plain == Boolean.class) {
            return readBoolean(text);
        } else if (plain == int.class || plain == Integer.class) {
            long limit = Math.min(parameter.max(), Integer.MAX_VALUE);
            return Math.toIntExact(readNumber(text, Math.max(parameter.min(), Integer.MIN_VALUE), limit));
        } else if (plain == long.class || plain == Long.class) {
            return readNumber(text, parameter.min(), parameter.max());
        } else if (plain == double.class || plain == Double.class) {
            return readDecimal(text);
        } else if (plain == Duration.class) {
            return readDuration(text);
        } else if (plain.isEnum()) {
            return readEnum(plain, text);
        }
        return readOwn(plain, text);
    }

    private static Object readGeneric(ParameterizedType type, String text, Parameter parameter) {
        Type element = type.getActualTypeArguments()[0];
        if (type.getRawType() == Optional.class) {
            return Optional.of(read(element, text, parameter));
        }
        List<Object> elements = new ArrayList<>();
        for (String part : text.split("[,\\n]", -1)) {
            if (!part.isBlank()) {
                elements.add(read(element, part.trim(), parameter));
            }
        }
        if (type.getRawType() == List.class) {
            return List.copyOf(elements);
        } else if (type.getRawType() == Set.class) {
            return new LinkedHashSet<>(elements);
        }
        throw new IllegalStateException("no settings of type " + type);
    }

    private static boolean readBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }

    private static long readNumber(String text, long min, long max) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException("is not a whole number", notOne);
        }
        if (number < min) {
            throw new IllegalArgumentException("is less than " + min);
        } else if (number > max) {
            throw new IllegalArgumentException("is more than " + max);
        }
        return number;
    }

    private static double readDecimal(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException("is not a number", notOne);
        }
        throw new IllegalArgumentException("is not a number");
    }

    private static Duration readDuration(String text) {
        int digits = Texts.leadingDigits(text);
        Duration unit = UNITS.get(text.substring(digits).trim());
        if (digits == 0 || digits > 9 || unit == null) {
            throw new IllegalArgumentException("is not a duration such as 30s, 5m, 2h or 5d");
        }
        return unit.multipliedBy(Long.parseLong(text.substring(0, digits)));
    }

    private static Object readEnum(Class<?> type, String text) {
        String wanted = text.replace('-', '_').toUpperCase(Locale.ROOT);
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (name.equals(wanted)) {
                return constant;
            }
            names.add(written(name));
        }
        throw new IllegalArgumentException("is none of " + String.join(", ", names));
    }

    private static String written(String constant) {
        return constant.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Own types come from their static {@code of(String)} or {@code parse(String)}. */
    private static Object readOwn(Class<?> type, String text) {
        Method factory = Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method ->
                        method.getName().equals("of") || method.getName().equals("parse"))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .filter(method -> method.getReturnType() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no settings of type " + type));
        try {
            return factory.invoke(null, text);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException mistake) {
                throw mistake;
            }
            throw new IllegalStateException(refused);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException("not public: " + factory, hidden);
        }
    }

    static String kind(Type type) {
        if (type instanceof ParameterizedType generic) {
            String element = kind(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == Optional.class ? element : "list of " + element;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return String.join(
                    " or ",
                    Arrays.stream(plain.getEnumConstants())
                            .map(constant -> written(((Enum<?>) constant).name()))
                            .toList());
        }
        return switch (plain.getSimpleName()) {
            case "String" -> "text";
            case "boolean", "Boolean" -> "true or false";
            case "int", "Integer", "long", "Long" -> "whole number";
            case "double", "Double" -> "number";
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            case "ProcessorName" -> "processor";
            default -> words(plain.getSimpleName());
        };
    }

    private static String words(String camel) {
        StringBuilder out = new StringBuilder();
        camel.chars().forEach(c -> {
            if (Character.isUpperCase(c) && !out.isEmpty()) {
                out.append(' ');
            }
            out.append((char) Character.toLowerCase(c));
        });
        return out.toString();
    }
}
