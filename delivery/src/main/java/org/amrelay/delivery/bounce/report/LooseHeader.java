// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header fields, read as leniently as they are written.
 *
 * <p>A line that cannot be a field ends the header even without an empty line before it. Immutable.
 *
 * @param fields in their order
 */
public record LooseHeader(List<Field> fields) {
    private static final int MOST_FIELDS = 2_000;
    private static final int LONGEST_NAME = 76;
    private static final int LONGEST_VALUE = 8_192;

    /**
     * One field.
     *
     * @param name in lower case
     * @param value unfolded, as written
     */
    public record Field(String name, String value) {}

    /** A header and where the text behind it starts. */
    record Parsed(LooseHeader header, int bodyStart) {}

    public LooseHeader {
        fields = List.copyOf(fields);
    }

    /** Reads lines that end with line feeds; the body starts behind the empty line, or at the line that is no field. */
    static Parsed parse(String text, int from, int end) {
        List<Field> fields = new ArrayList<>();
        String name = "";
        StringBuilder value = new StringBuilder();
        int at = from;
        while (at < end && fields.size() < MOST_FIELDS) {
            int stop = endOfLine(text, at, end);
            boolean folded = text.charAt(at) == ' ' || text.charAt(at) == '\t';
            if (isBlank(text, at, stop)) {
                at = Math.min(stop + 1, end);
                break;
            }
            if (folded && !name.isEmpty()) {
                append(value, text, at, stop);
            } else {
                int colon = colon(text, at, stop);
                if (colon < 0) {
                    break;
                }
                add(fields, name, value);
                name = text.substring(at, colon).stripTrailing().toLowerCase(Locale.ROOT);
                append(value, text, colon + 1, stop);
            }
            at = Math.min(stop + 1, end);
        }
        add(fields, name, value);
        return new Parsed(new LooseHeader(fields), at);
    }

    private static void add(List<Field> fields, String name, StringBuilder value) {
        if (!name.isEmpty()) {
            fields.add(new Field(name, value.toString().strip()));
        }
        value.setLength(0);
    }

    private static void append(StringBuilder value, String text, int from, int to) {
        if (value.length() < LONGEST_VALUE) {
            value.append(value.length() == 0 ? "" : " ")
                    .append(text.substring(from, to).strip());
        }
    }

    private static int endOfLine(String text, int from, int end) {
        int feed = text.indexOf('\n', from);
        return feed < 0 || feed > end ? end : feed;
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Where the colon stands behind a name, or -1 when the line is no field. */
    static int colon(String text, int from, int to) {
        for (int i = from; i < to && i - from <= LONGEST_NAME; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > from ? i : -1;
            }
            boolean legal = c > ' ' && c < 127;
            if (!legal && !isSpaceBeforeColon(text, i, to)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isSpaceBeforeColon(String text, int from, int to) {
        int i = from;
        while (i < to && i - from < 4 && text.charAt(i) == ' ') {
            i++;
        }
        return i > from && i < to && text.charAt(i) == ':';
    }

    /** The first field of a name, given in lower case. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** The same, decoded for people (RFC 2047); empty text when there is none. */
    public String readable(String name) {
        return first(name).map(EncodedWords::decode).orElse("");
    }

    /** All values of a name, given in lower case. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** Reads a parameter of a field such as Content-Type (RFC 2045 §5.1); empty when it is not there. */
    public static Optional<String> parameter(String value, String name) {
        String lower = value.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(name);
        while (at >= 0) {
            int i = at + name.length();
            while (i < value.length() && value.charAt(i) <= ' ') {
                i++;
            }
            boolean starts = at == 0 || ";, \t\n\"".indexOf(value.charAt(at - 1)) >= 0;
            if (starts && i < value.length() && value.charAt(i) == '=') {
                return Optional.of(parameterValue(value, i + 1)).filter(found -> !found.isEmpty());
            }
            at = lower.indexOf(name, at + 1);
        }
        return Optional.empty();
    }

    private static String parameterValue(String value, int from) {
        int i = from;
        while (i < value.length() && value.charAt(i) <= ' ') {
            i++;
        }
        if (i < value.length() && value.charAt(i) == '"') {
            int quote = value.indexOf('"', i + 1);
            return value.substring(i + 1, quote < 0 ? value.length() : quote);
        }
        int end = i;
        while (end < value.length() && value.charAt(end) > ' ' && value.charAt(end) != ';') {
            end++;
        }
        return value.substring(i, end);
    }
}
