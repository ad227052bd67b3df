// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.report.LooseHeader;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.bounce.report.ReportPart;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;

/** Reads feedback reports (RFC 5965, RFC 6591), and the ones of providers that send the message alone. */
final class ComplaintReader {
    private static final List<String> NAMED_IN_ORIGINAL =
            List.of("x-hmxmroriginalrecipient", "x-original-to", "delivered-to", "x-rcpt-to", "to");

    /** Empty when the message is no complaint. */
    Optional<BounceResult> read(ReportMessage message, OriginalReference original) {
        List<ReportPart> reports = message.of(Kind.FEEDBACK);
        String words = message.words();
        if (!reports.isEmpty()) {
            return Optional.of(complaint(reports.get(0).text(), message, original));
        }
        boolean called = message.header()
                .first("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("feedback-report"))
                .orElse(false);
        int field = words.toLowerCase(Locale.ROOT).indexOf("feedback-type:");
        if (field >= 0 && (called || words.toLowerCase(Locale.ROOT).contains("user-agent:"))) {
            return Optional.of(complaint(words.substring(Math.min(field, words.length())), message, original));
        }
        return withoutReport(message, original);
    }

    /** Hotmail's program and those who copied it: the original as attachment and a subject. */
    private Optional<BounceResult> withoutReport(ReportMessage message, OriginalReference original) {
        if (message.header().has("x-apple-unsubscribe")) {
            // The mailbox's program writes to the address of List-Unsubscribe in its owner's name
            return Optional.of(complaint(
                    "Feedback-Type: opt-out\nOriginal-Rcpt-To: "
                            + String.join(", ", message.header().all("from")) + "\n",
                    message,
                    original));
        }
        String subject = message.header().readable("subject").toLowerCase(Locale.ROOT);
        boolean complains = subject.startsWith("complaint about message from")
                || subject.startsWith("email feedback report for ip")
                || subject.startsWith("abuse report for")
                || subject.contains("spam complaint") && message.parts().size() > 1;
        return complains
                        && (!message.of(Kind.ORIGINAL).isEmpty()
                                || !original.from().isEmpty())
                ? Optional.of(complaint(ipField(subject), message, original))
                : Optional.empty();
    }

    private static String ipField(String subject) {
        for (String word : subject.split("[ \\[\\]]", -1)) {
            if (word.length() >= 7 && word.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
                return "Feedback-Type: abuse\nSource-IP: " + word + "\n";
            }
        }
        return "Feedback-Type: abuse\n";
    }

    private BounceResult complaint(String report, ReportMessage message, OriginalReference original) {
        LooseHeader fields = fields(report);
        String type = fields.first("feedback-type")
                .map(word -> firstWord(word.toLowerCase(Locale.ROOT)))
                .orElse("abuse");
        List<String> complainants = new ArrayList<>();
        Stream.concat(
                        Stream.concat(
                                fields.all("original-rcpt-to").stream(), fields.all("removal-recipient").stream()),
                        fields.all("redacted-address").stream())
                .flatMap(value -> AddressScanner.addresses(value).stream())
                .forEach(complainants::add);
        if (complainants.isEmpty()) {
            complainants.addAll(inOriginal(message, original));
        }
        return new BounceResult.Complaint(
                type,
                complainants.stream().distinct().toList(),
                fields.first("source-ip").or(() -> fields.first("source")).map(ComplaintReader::firstWord),
                fields.first("reported-domain").map(ComplaintReader::firstWord),
                original);
    }

    private static List<String> inOriginal(ReportMessage message, OriginalReference original) {
        for (ReportPart part : message.of(Kind.ORIGINAL)) {
            LooseHeader header = ReportMessage.read(part.text().stripLeading()).header();
            for (String name : NAMED_IN_ORIGINAL) {
                List<String> found =
                        header.first(name).map(AddressScanner::addresses).orElse(List.of());
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return original.to();
    }

    /** The fields without the empty lines that some put between them. */
    private static LooseHeader fields(String report) {
        StringBuilder joined = new StringBuilder();
        report.lines()
                .filter(line -> !line.isBlank())
                .limit(200)
                .forEach(line -> joined.append(line).append('\n'));
        return ReportMessage.read(joined.toString()).header();
    }

    private static String firstWord(String value) {
        String stripped = value.strip();
        int end = 0;
        while (end < stripped.length() && stripped.charAt(end) > ' ' && stripped.charAt(end) != ';') {
            end++;
        }
        return stripped.substring(0, end);
    }
}
