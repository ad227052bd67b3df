// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.amrelay.server.admin.QuarantineQuestion;
import picocli.CommandLine.Option;

/** Which mails in quarantine, by conditions. */
final class QuarantineSelection {
    @Option(names = "--sender", paramLabel = "TEXT", description = "part of the sender's address, or of From")
    private Optional<String> sender = Optional.empty();

    @Option(names = "--recipient", paramLabel = "TEXT", description = "part of a recipient's address")
    private Optional<String> recipient = Optional.empty();

    @Option(names = "--subject", paramLabel = "TEXT", description = "part of the subject")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "part of the reason: its kind, rule or words")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--account", paramLabel = "NAME", description = "account that submitted the mail")
    private Optional<String> account = Optional.empty();

    @Option(names = "--older-than", paramLabel = "TIME", description = "kept longer than, such as 4h or 2d")
    private Optional<String> olderThan = Optional.empty();

    @Option(names = "--newer-than", paramLabel = "TIME", description = "kept no longer than, such as 4h or 2d")
    private Optional<String> newerThan = Optional.empty();

    @Option(names = "--score", paramLabel = "NUMBER", description = "with at least that score")
    private Optional<String> score = Optional.empty();

    @Option(names = "--decided", description = "also those about which everything is decided")
    private boolean decided;

    private Map<String, String> conditions() {
        Map<String, String> fields = new HashMap<>();
        put(fields, "sender", sender, Function.identity());
        put(fields, "recipient", recipient, Function.identity());
        put(fields, "subject", subject, Function.identity());
        put(fields, "reason", reason, Function.identity());
        put(fields, "account", account, Function.identity());
        put(fields, "before", olderThan, QuarantineSelection::ago);
        put(fields, "since", newerThan, QuarantineSelection::ago);
        put(fields, "score", score, Function.identity());
        return fields;
    }

    private static String ago(String text) {
        return Ages.ago(text, Clock.systemUTC().instant()).toString();
    }

    private static void put(
            Map<String, String> fields, String name, Optional<String> value, Function<String, String> form) {
        value.ifPresent(text -> fields.put(name, form.apply(text)));
    }

    boolean saysNothing() {
        return conditions().isEmpty();
    }

    /** What is asked for; everything that is kept when nothing is said. */
    QuarantineQuestion question(List<Long> ids) {
        Map<String, String> fields = conditions();
        if (decided) {
            fields.put("decided", "true");
        }
        return new QuarantineQuestion(ids, fields);
    }
}
