// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as the routes see it.
 *
 * @param path the segments, decoded
 * @param query the parameters, decoded; of equal names the last
 * @param body as it came
 */
record AdminRequest(String method, List<String> path, Map<String, String> query, byte[] body) {
    private static final Json JSON = new Json();

    static AdminRequest of(String method, String rawPath, Optional<String> rawQuery, byte[] body) {
        List<String> path = Stream.of(rawPath.split("/", -1))
                .skip(1)
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
        Map<String, String> query = new HashMap<>();
        for (String pair : rawQuery.orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new AdminRequest(method, path, query, body);
    }

    /** The same with a body. */
    AdminRequest with(byte[] other) {
        return new AdminRequest(method, path, query, other);
    }

    /** Whether anybody may ask this. */
    boolean isOpen() {
        return path.isEmpty() || !path.get(0).equals("api");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    long number(String name, long otherwise) {
        return parameter(name)
                .map(value -> {
                    try {
                        return Long.parseLong(value);
                    } catch (NumberFormatException wrong) {
                        throw new IllegalArgumentException("'" + name + "' is not a number: '" + value + "'", wrong);
                    }
                })
                .orElse(otherwise);
    }

    /** The text of a field of the JSON body. */
    Optional<String> field(String name) {
        try {
            return Optional.ofNullable(JSON.readTree(body).get(name)).map(node -> node.asText());
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body is not JSON", broken);
        }
    }

    /** The body as a JSON array. */
    <T> List<T> bodyList(Class<T> shape) {
        try {
            return JSON.readList(new ByteArrayInputStream(body), shape);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body is not a JSON array of the right shape", broken);
        }
    }

    QueueQuestion question() {
        return QueueQuestion.from(this::parameter);
    }

    QueueQuestion questionInBody() {
        return QueueQuestion.from(this::field);
    }
}
