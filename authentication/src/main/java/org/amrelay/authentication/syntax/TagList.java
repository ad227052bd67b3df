// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.syntax;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list {@code a=b; c=d} with each tag at most once (RFC 6376 §3.2), read in one pass.
 *
 * <p>Names are case-sensitive; values keep white space on the inside. Octets above 127 are let through in values, as
 * internationalised mail has them (RFC 8616). Immutable.
 */
public final class TagList {
    /** A value with its place in the text, white space around it included. */
    private record Value(String text, int start, int end) {}

    private final String text;
    private final Map<String, Value> tags = new LinkedHashMap<>();

    private TagList(String text) {
        this.text = text;
    }

    /**
     * Reads the list.
     *
     * @throws SyntaxException when it does not follow the grammar or has a tag twice
     */
    public static TagList parse(String text) throws SyntaxException {
        TagList list = new TagList(text);
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(';', start);
            int stop = end < 0 ? text.length() : end;
            boolean last = end < 0;
            if (!(last && text.substring(start, stop).isBlank())) {
                list.readTag(start, stop);
            }
            start = stop + 1;
        }
        return list;
    }

    private void readTag(int start, int end) throws SyntaxException {
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            throw new SyntaxException("a tag without value");
        }
        String name = text.substring(start, equals).strip();
        if (!isName(name)) {
            throw new SyntaxException("not a tag name");
        }
        String value = text.substring(equals + 1, end).strip();
        if (value.chars().anyMatch(c -> c < '!' && !isWhiteSpace(c) || c == 0x7f)) {
            throw new SyntaxException("a control character in tag " + name);
        }
        if (tags.put(name, new Value(value, equals + 1, end)) != null) {
            throw new SyntaxException("tag " + name + " twice");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && isLetter(name.charAt(0))
                && name.chars().allMatch(c -> isLetter(c) || c >= '0' && c <= '9' || c == '_');
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name)).map(Value::text);
    }

    /**
     * The value of a tag that must be there, and not be empty.
     *
     * @throws SyntaxException when it is missing
     */
    public String require(String name) throws SyntaxException {
        return get(name).filter(v -> !v.isEmpty()).orElseThrow(() -> new SyntaxException("no tag " + name));
    }

    /** Whether a tag stands before all others. */
    public boolean startsWith(String name) {
        return tags.keySet().stream().findFirst().filter(name::equals).isPresent();
    }

    /** The parts of a list with colons, without white space around them. */
    public static List<String> parts(String value) {
        return Stream.of(value.split(":", -1)).map(String::strip).toList();
    }

    /**
     * The octets of a value in base64, in which white space may stand anywhere (RFC 6376 §3.2).
     *
     * @throws SyntaxException when it is none
     */
    public static byte[] octets(String value) throws SyntaxException {
        StringBuilder digits = new StringBuilder(value.length());
        value.chars().filter(c -> !isWhiteSpace(c)).forEach(c -> digits.append((char) c));
        try {
            return Base64.getDecoder().decode(digits.toString());
        } catch (IllegalArgumentException e) {
            throw new SyntaxException("not base64");
        }
    }

    /**
     * A number of at most 18 digits.
     *
     * @throws SyntaxException when it is none
     */
    public static long number(String value) throws SyntaxException {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SyntaxException("not a number");
        }
        return Long.parseLong(value);
    }

    /** The text with the value of one tag taken out, and the white space around it (RFC 6376 §3.7). */
    public String without(String name) {
        Value value = tags.get(name);
        return value == null ? text : text.substring(0, value.start) + text.substring(value.end);
    }
}
