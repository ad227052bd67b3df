// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of strangers as maps, lists, texts and numbers, with limits on depth, lengths and number of values. */
public final class BoundedJson {
    private static final int DEEPEST = 20;
    private static final int LONGEST_TEXT = 300_000;
    private static final int MOST_VALUES = 50_000;

    private final JsonParser parser;
    private int values;

    private BoundedJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The object with which the text begins; what stands behind it is not looked at.
     *
     * @throws IOException when it begins with none, or is larger than the limits
     */
    public static Map<String, Object> object(byte[] bytes) throws IOException {
        // Names of strangers are not kept beyond the text that they stand in
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                // Mail servers break long lines, also within a text
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .build();
        try (JsonParser parser = factory.createParser(bytes)) {
            parser.nextToken();
            return asObject(new BoundedJson(parser).value());
        }
    }

    private Object value() throws IOException {
        if (++values > MOST_VALUES) {
            throw new IOException("the JSON has more than " + MOST_VALUES + " values");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("there is no JSON");
        }
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> elements();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_STRING, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getText();
            default -> "";
        };
    }

    private Object integer() throws IOException {
        // Numbers that do not fit are no counts
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? "" : (Object) parser.getLongValue();
    }

    private Map<String, Object> members() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value());
        }
        return members;
    }

    private List<Object> elements() throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    private static Map<String, Object> asObject(Object value) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IOException("the JSON has another value where an object belongs");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, member) -> object.put(String.valueOf(name), member));
        return object;
    }

    /** An object, which must be there. */
    public static Map<String, Object> member(Map<String, Object> object, String name) throws IOException {
        return asObject(object.getOrDefault(name, ""));
    }

    /** An array of objects; none when it is missing. */
    public static List<Map<String, Object>> members(Map<String, Object> object, String name, int most)
            throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        if (object.get(name) instanceof List<?> list) {
            if (list.size() > most) {
                throw new IOException(name + " has more than " + most + " entries");
            }
            for (Object each : list) {
                found.add(asObject(each));
            }
        }
        return found;
    }

    /** A text; empty when it is missing or something else. */
    public static String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    /** An array of texts, or a text alone, which some senders write. */
    public static List<String> texts(Map<String, Object> object, String name) {
        Object value = object.get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }

    /** A number that is not negative; 0 when it is missing or something else. */
    public static long number(Map<String, Object> object, String name) {
        return object.get(name) instanceof Long number ? Math.max(0, number) : 0;
    }
}
