// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;

/** Reads and writes the shapes of {@link Answers} as JSON. Safe for several threads. */
public final class Json {
    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** One line. */
    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("not a shape of ours: " + value.getClass(), impossible);
        }
    }

    /** For people and scripts, indented. */
    public String text(Object value) {
        try {
            return mapper.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("not a shape of ours: " + value.getClass(), impossible);
        }
    }

    /** The other way, from one line. */
    public <T> T read(String line, Class<T> shape) throws IOException {
        return mapper.readValue(line, shape);
    }

    <T> T read(InputStream text, Class<T> shape) throws IOException {
        return mapper.readValue(text, shape);
    }

    <T> java.util.List<T> readList(InputStream text, Class<T> shape) throws IOException {
        return mapper.readValue(text, mapper.getTypeFactory().constructCollectionType(java.util.List.class, shape));
    }

    JsonNode readTree(byte[] text) throws IOException {
        return mapper.readTree(text);
    }
}
