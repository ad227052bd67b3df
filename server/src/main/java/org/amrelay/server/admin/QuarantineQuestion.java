// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.amrelay.filtering.quarantine.QuarantineFilter;

/**
 * Which mails in quarantine: some by their numbers, or all that fit.
 *
 * @param ids numbers; when there are some, the conditions say nothing
 * @param fields the conditions by their names, as in the API
 */
public record QuarantineQuestion(List<Long> ids, Map<String, String> fields) {
    /** The names of conditions. */
    public static final List<String> NAMES =
            List.of("sender", "recipient", "subject", "reason", "account", "before", "since", "score", "decided");

    private static final int MOST_IDS = 1_000;

    public QuarantineQuestion {
        ids = List.copyOf(ids);
        fields = Map.copyOf(fields);
        if (ids.size() > MOST_IDS) {
            throw new IllegalArgumentException("at most " + MOST_IDS + " numbers at once");
        }
    }

    static QuarantineQuestion from(Function<String, Optional<String>> source) {
        Map<String, String> fields = new java.util.HashMap<>();
        NAMES.forEach(name -> source.apply(name).ifPresent(value -> fields.put(name, value)));
        List<Long> ids = new ArrayList<>();
        Stream.of(source.apply("ids").orElse("").split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(text -> ids.add(number(text)));
        return new QuarantineQuestion(ids, fields);
    }

    /** The number of a mail. */
    public static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not the number of a mail in quarantine", wrong);
        }
    }

    /** The conditions and the numbers as they go over the wire. */
    Map<String, String> wire() {
        Map<String, String> all = new java.util.HashMap<>(fields);
        if (!ids.isEmpty()) {
            all.put("ids", String.join(",", ids.stream().map(String::valueOf).toList()));
        }
        return all;
    }

    /** Whether it names neither a mail nor a condition. */
    public boolean saysNothing() {
        return ids.isEmpty() && fields.isEmpty();
    }

    QuarantineFilter filter() {
        return new QuarantineFilter(
                field("sender"),
                field("recipient"),
                field("subject"),
                field("reason"),
                field("account"),
                field("before").map(QuarantineQuestion::instant),
                field("since").map(QuarantineQuestion::instant),
                field("score").map(QuarantineQuestion::score).orElse(OptionalDouble.empty()),
                field("decided").map(Boolean::parseBoolean).orElse(false));
    }

    private Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2026-11-25T10:00:00Z", wrong);
        }
    }

    private static OptionalDouble score(String text) {
        try {
            double score = Double.parseDouble(text);
            if (Math.abs(score) < 1e9) {
                return OptionalDouble.of(score);
            }
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a score", wrong);
        }
        throw new IllegalArgumentException("'" + text + "' is not a score");
    }
}
