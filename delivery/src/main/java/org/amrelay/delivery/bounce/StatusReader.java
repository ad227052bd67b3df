// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.delivery.bounce.reason.Codes;
import org.amrelay.mail.reply.EnhancedCode;

/** Turns the fields of a delivery status into recipients (RFC 3464 §2.3). */
final class StatusReader {
    private static final List<String> ACTIONS = List.of("failed", "delayed", "delivered", "relayed", "expanded");

    private final BounceClassifier classifier;

    StatusReader(BounceClassifier classifier) {
        this.classifier = classifier;
    }

    /** @param said what the notice says to people; it may be more telling than the fields */
    List<BouncedRecipient> recipients(StatusGroups groups, String said) {
        List<BouncedRecipient> recipients = new ArrayList<>();
        for (Map<String, String> group : groups.recipients()) {
            recipients.add(recipient(group, said, groups.recipients().size() == 1));
        }
        return recipients;
    }

    private BouncedRecipient recipient(Map<String, String> group, String said, boolean alone) {
        Optional<String> last = address(group, "final-recipient").or(() -> address(group, "x-actual-recipient"));
        Optional<String> original = address(group, "original-recipient");
        String address = last.filter(found -> found.indexOf('.', found.indexOf('@') + 1) > 0 && found.indexOf('@') > 0)
                .or(() -> original.filter(found -> found.indexOf('@') > 0))
                .or(() -> last)
                .or(() -> original)
                .orElse("");
        Optional<EnhancedCode> status =
                Codes.enhanced(group.getOrDefault("status", "")).stream().findFirst();
        String diagnostic = withoutType(group.getOrDefault("diagnostic-code", ""));
        String about = TextRecipients.paragraph(said, address);
        String comment = diagnostic.isEmpty() ? comment(group.getOrDefault("status", "")) : "";
        Optional<EnhancedCode> code = telling(status, diagnostic);
        BounceReason reason = Reasons.best(
                classifier, code, List.of(diagnostic + comment, diagnostic + " " + about, alone ? said : ""));
        return new BouncedRecipient(
                address,
                original,
                action(group.getOrDefault("action", ""), status),
                diagnostic.isEmpty() ? about : diagnostic,
                Optional.ofNullable(group.get("remote-mta")).map(StatusReader::withoutType),
                reason);
    }

    /** The exact code of the diagnostic in the place of a vague status. */
    private static Optional<EnhancedCode> telling(Optional<EnhancedCode> status, String diagnostic) {
        return status.filter(code -> !Codes.isVague(code) && !Codes.isExpiry(code))
                .or(() -> Codes.best(Codes.enhanced(diagnostic)).filter(code -> !Codes.isVague(code)))
                .or(() -> status);
    }

    /** {@code 5.0.0 (unknown user)} */
    private static String comment(String status) {
        int open = status.indexOf('(');
        return open < 0 ? "" : status.substring(open);
    }

    /** {@code rfc822; bob@example.org}, {@code <bob@example.org>} or whatever stands there. */
    private static Optional<String> address(Map<String, String> group, String name) {
        String value = group.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> scanned = AddressScanner.addresses(value).stream().findFirst();
        return scanned.or(() -> Optional.of(withoutType(value)).filter(rest -> !rest.isEmpty() && !rest.equals("<>")));
    }

    private static String withoutType(String value) {
        int semicolon = value.indexOf(';');
        boolean typed = semicolon > 0
                && semicolon <= 20
                && value.substring(0, semicolon).strip().indexOf(' ') < 0;
        return (typed ? value.substring(semicolon + 1) : value).strip();
    }

    private static String action(String written, Optional<EnhancedCode> status) {
        String lower = written.toLowerCase(Locale.ROOT);
        return Stream.concat(ACTIONS.stream(), Stream.of("deliverable"))
                .filter(lower::contains)
                .findFirst()
                .map(word -> word.equals("deliverable") ? "delivered" : word)
                .orElseGet(() -> lower.contains("fail") || status.isEmpty()
                        ? "failed"
                        : ofClass(status.get().type()));
    }

    private static String ofClass(int type) {
        return type == 2 ? "delivered" : type == 4 ? "delayed" : "failed";
    }
}
