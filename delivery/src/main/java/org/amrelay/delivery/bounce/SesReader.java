// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static org.amrelay.delivery.bounce.reason.BounceCategory.ADDRESS_UNKNOWN;
import static org.amrelay.delivery.bounce.reason.BounceCategory.CONNECTION;
import static org.amrelay.delivery.bounce.reason.BounceCategory.CONTENT;
import static org.amrelay.delivery.bounce.reason.BounceCategory.MAILBOX_FULL;
import static org.amrelay.delivery.bounce.reason.BounceCategory.POLICY;
import static org.amrelay.delivery.bounce.reason.BounceCategory.REPUTATION;
import static org.amrelay.delivery.bounce.reason.BounceCategory.SERVER_TROUBLE;
import static org.amrelay.delivery.bounce.reason.BounceCategory.SIZE;
import static org.amrelay.delivery.bounce.reason.BounceCategory.UNKNOWN;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.reason.BounceCategory;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.delivery.bounce.reason.Codes;
import org.amrelay.delivery.json.BoundedJson;
import org.amrelay.mail.reply.EnhancedCode;

/** Says what a notification of Amazon SES means: the remote server's words first, then the types that SES gives. */
final class SesReader {
    private final BounceClassifier classifier;

    SesReader(BounceClassifier classifier) {
        this.classifier = classifier;
    }

    /** Empty for events that are no answer, such as that a mail was sent or opened. */
    Optional<BounceResult> read(SesNotification note) {
        return switch (note.type()) {
            case "bounce" -> {
                Map<String, Object> bounce = note.about("bounce");
                String type = BoundedJson.text(bounce, "bounceType") + " " + BoundedJson.text(bounce, "bounceSubType");
                yield Optional.of(new BounceResult.Bounce(
                        recipients(note, bounce, "bouncedRecipients", "failed", type), note.original()));
            }
            case "deliverydelay" -> {
                Map<String, Object> delay = note.about("deliveryDelay");
                String type = "Transient " + BoundedJson.text(delay, "delayType");
                yield Optional.of(new BounceResult.DelayNotice(
                        recipients(note, delay, "delayedRecipients", "delayed", type), note.original()));
            }
            case "reject", "renderingfailure" -> Optional.of(new BounceResult.Bounce(refused(note), note.original()));
            case "delivery" -> Optional.of(new BounceResult.SuccessNotice(delivered(note), note.original()));
            case "complaint" -> Optional.of(complaint(note));
            default -> Optional.empty();
        };
    }

    private List<BouncedRecipient> recipients(
            SesNotification note, Map<String, Object> about, String list, String action, String type) {
        Optional<String> reporter = Optional.of(BoundedJson.text(about, "reportingMTA"))
                .map(name -> name.substring(name.indexOf(';') + 1).strip())
                .filter(name -> !name.isEmpty());
        List<BouncedRecipient> found = SesNotification.list(about, list).stream()
                .map(each -> recipient(each, action, type, reporter))
                .toList();
        return found.isEmpty() ? nobodyNamed(note, action, type) : found;
    }

    private BouncedRecipient recipient(
            Map<String, Object> each, String action, String type, Optional<String> reporter) {
        String written = BoundedJson.text(each, "emailAddress");
        String address = AddressScanner.addresses(written).stream().findFirst().orElse(written.strip());
        String diagnostic = withoutType(BoundedJson.text(each, "diagnosticCode"));
        Optional<EnhancedCode> status =
                Codes.enhanced(BoundedJson.text(each, "status")).stream().findFirst();
        return new BouncedRecipient(
                address, Optional.empty(), action, diagnostic, reporter, reason(status, diagnostic, type));
    }

    private List<BouncedRecipient> nobodyNamed(SesNotification note, String action, String type) {
        List<String> to = note.destinations();
        return (to.isEmpty() ? List.of("") : to)
                .stream()
                        .map(address -> new BouncedRecipient(
                                address,
                                Optional.empty(),
                                action,
                                "",
                                Optional.empty(),
                                reason(Optional.empty(), "", type)))
                        .toList();
    }

    /** SES did not try at all: a virus, or a template that cannot be filled in. */
    private static List<BouncedRecipient> refused(SesNotification note) {
        String words = BoundedJson.text(note.about("reject"), "reason")
                + BoundedJson.text(note.about("failure"), "errorMessage");
        BounceReason reason = new BounceReason(CONTENT, true, Optional.empty(), true);
        List<String> to = note.destinations();
        return (to.isEmpty() ? List.of("") : to)
                .stream()
                        .map(address -> new BouncedRecipient(
                                address, Optional.empty(), "failed", words, Optional.empty(), reason))
                        .toList();
    }

    private static List<BouncedRecipient> delivered(SesNotification note) {
        Map<String, Object> delivery = note.about("delivery");
        BounceReason none = new BounceReason(UNKNOWN, false, Optional.empty(), false);
        return SesNotification.addresses(BoundedJson.texts(delivery, "recipients")).stream()
                .map(address -> new BouncedRecipient(
                        address,
                        Optional.empty(),
                        "delivered",
                        BoundedJson.text(delivery, "smtpResponse"),
                        Optional.empty(),
                        none))
                .toList();
    }

    private static BounceResult complaint(SesNotification note) {
        Map<String, Object> complaint = note.about("complaint");
        String type =
                BoundedJson.text(complaint, "complaintFeedbackType").strip().toLowerCase(Locale.ROOT);
        return new BounceResult.Complaint(
                type.isEmpty() ? "abuse" : type,
                SesNotification.addresses(SesNotification.list(complaint, "complainedRecipients").stream()
                        .map(each -> BoundedJson.text(each, "emailAddress"))
                        .toList()),
                Optional.of(BoundedJson.text(note.about("mail"), "sourceIp")).filter(ip -> !ip.isEmpty()),
                Optional.empty(),
                note.original());
    }

    private BounceReason reason(Optional<EnhancedCode> status, String diagnostic, String type) {
        BounceReason said = classifier.of(status, diagnostic);
        boolean permanent = status.isPresent() || !diagnostic.isBlank() ? said.permanent() : !isTransient(type);
        BounceCategory meant = meaning(type.substring(type.indexOf(' ') + 1).toLowerCase(Locale.ROOT));
        boolean better = !said.sure() && meant != UNKNOWN;
        return new BounceReason(
                better ? meant : said.category(), permanent, said.status(), said.sure() || better && isSure(type));
    }

    private static boolean isTransient(String type) {
        return type.startsWith("Transient");
    }

    /** That SES itself sends nothing there any more is no new answer of the address. */
    private static boolean isSure(String type) {
        return Stream.of("Suppress", "Unsubscribed", "General").noneMatch(type::contains);
    }

    private static BounceCategory meaning(String subtype) {
        return switch (subtype) {
            case "noemail" -> ADDRESS_UNKNOWN;
            case "suppressed" -> ADDRESS_UNKNOWN;
            case "onaccountsuppressionlist", "unsubscribedrecipient" -> POLICY;
            case "mailboxfull" -> MAILBOX_FULL;
            case "messagetoolarge" -> SIZE;
            case "contentrejected", "attachmentrejected", "spamdetected" -> CONTENT;
            case "customtimeoutexceeded", "transientcommunicationfailure" -> CONNECTION;
            case "recipientservererror", "internalfailure" -> SERVER_TROUBLE;
            case "ipfailure", "byoiphostnamelookupunavailable" -> REPUTATION;
            default -> UNKNOWN;
        };
    }

    private static String withoutType(String diagnostic) {
        int semicolon = diagnostic.indexOf(';');
        boolean typed = semicolon > 0
                && semicolon <= 20
                && diagnostic.substring(0, semicolon).indexOf(' ') < 0;
        return (typed ? diagnostic.substring(semicolon + 1) : diagnostic).strip();
    }
}
