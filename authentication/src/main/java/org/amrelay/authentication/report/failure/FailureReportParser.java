// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.mail.address.Network;

/**
 * Reads the machine-readable part of a failure report: {@code message/feedback-report} (RFC 5965 §3, RFC 6591 §3).
 *
 * <p>In one pass over at most {@value #MOST_CHARACTERS} characters; of a field that is there twice the first counts.
 */
public final class FailureReportParser {
    private static final int MOST_CHARACTERS = 64 << 10;
    private static final int MOST_FIELDS = 200;
    private static final int LONGEST = 1000;
    private static final long MOST_INCIDENTS = 1_000_000_000;

    private FailureReportParser() {}

    /** @param received when the report came, for one that does not say when its message did */
    public static Parsed<ReceivedFailure> parse(String text, Instant received) {
        return Parsed.by(() -> {
            Map<String, String> fields = fields(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
            if (!fields.getOrDefault("feedback-type", "").equalsIgnoreCase("auth-failure")) {
                throw new SyntaxException("is no report of an authentication failure");
            }
            String domain = DomainNames.canonical(fields.getOrDefault("reported-domain", ""))
                    .or(() -> DomainNames.canonical(fields.getOrDefault("dkim-domain", "")))
                    .orElseThrow(() -> new SyntaxException("the failure report names no domain"));
            String selector = fields.getOrDefault("dkim-selector", "");
            return new ReceivedFailure(
                    fields.getOrDefault("user-agent", ""),
                    domain,
                    Network.literal(fields.getOrDefault("source-ip", ""))
                            .map(address -> address.getHostAddress())
                            .orElse(""),
                    fields.getOrDefault("auth-failure", "").toLowerCase(Locale.ROOT),
                    fields.getOrDefault("identity-alignment", "").toLowerCase(Locale.ROOT),
                    fields.getOrDefault("original-mail-from", ""),
                    fields.getOrDefault("delivery-result", "").toLowerCase(Locale.ROOT),
                    fields.containsKey("dkim-domain") ? fields.get("dkim-domain") + "/" + selector : "",
                    incidents(fields.getOrDefault("incidents", "1")),
                    date(fields).orElse(received));
        });
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        String name = "";
        StringBuilder value = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            boolean goesOn = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (goesOn) {
                append(value, " " + line.strip());
                continue;
            }
            keep(fields, name, value);
            int colon = line.indexOf(':');
            name = colon > 0 ? line.substring(0, colon).strip().toLowerCase(Locale.ROOT) : "";
            append(value, line.substring(colon + 1).strip());
        }
        keep(fields, name, value);
        return fields;
    }

    private static void append(StringBuilder value, String more) {
        value.append(more, 0, Math.min(more.length(), Math.max(0, LONGEST - value.length())));
    }

    private static void keep(Map<String, String> fields, String name, StringBuilder value) {
        if (!name.isEmpty() && fields.size() < MOST_FIELDS) {
            fields.putIfAbsent(name, value.toString().strip());
        }
        value.setLength(0);
    }

    private static long incidents(String text) {
        boolean number = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.min(Math.max(Long.parseLong(text), 1), MOST_INCIDENTS) : 1;
    }

    private static Optional<Instant> date(Map<String, String> fields) {
        String text = fields.getOrDefault("arrival-date", fields.getOrDefault("received-date", ""));
        int comment = text.indexOf('(');
        try {
            return Optional.of(OffsetDateTime.parse(
                            (comment < 0 ? text : text.substring(0, comment)).strip(),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
