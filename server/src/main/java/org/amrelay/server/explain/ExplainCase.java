// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message and how it comes: the arguments of {@code amr explain}. What is missing, or an empty text, has a harmless
 * default.
 *
 * @param id given back with the answer as it is
 * @param file with the message; without one there is only an envelope to judge
 * @param from envelope sender; empty or {@code <>} for the null sender
 * @param recipients empty for the relay's postmaster
 * @param ip address of the client
 * @param auth account that has authenticated; the submission port is asked then
 * @param dns zone file
 * @param at instant; now when not given
 */
public record ExplainCase(
        JsonNode id,
        Optional<String> file,
        String from,
        List<String> recipients,
        Optional<String> ip,
        Optional<String> helo,
        Optional<String> auth,
        Optional<String> dns,
        Optional<String> at) {
    public ExplainCase {
        recipients = recipients.stream().map(ExplainCase::bare).toList();
        from = bare(from);
    }

    /**
     * Reads a line of a file of cases.
     *
     * @throws IllegalArgumentException with a sentence when it is no case
     */
    static ExplainCase of(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a case is a JSON object");
        }
        return new ExplainCase(
                json.has("id") ? json.get("id") : NullNode.getInstance(),
                text(json, "file"),
                text(json, "from").orElse(""),
                texts(json, "rcpt"),
                text(json, "ip"),
                text(json, "helo"),
                text(json, "auth"),
                text(json, "dns"),
                text(json, "at"));
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw new IllegalArgumentException("'" + name + "' is not a text");
        }
        return Optional.of(value.asText()).filter(given -> !given.isBlank());
    }

    private static List<String> texts(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isArray()) {
            return text(json, name).stream().toList();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isValueNode() || element.isNull()) {
                throw new IllegalArgumentException("'" + name + "' has something that is not a text");
            }
            texts.add(element.asText());
        }
        return texts;
    }

    /** Without the angle brackets of commands. */
    private static String bare(String address) {
        String text = address.strip();
        return text.length() > 1 && text.startsWith("<") && text.endsWith(">")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
