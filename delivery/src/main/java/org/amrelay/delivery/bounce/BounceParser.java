// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.delivery.bounce.reason.Codes;
import org.amrelay.delivery.bounce.reason.PhraseList;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.bounce.report.ReportPart;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;

/**
 * Reads a message that came to a bounce address.
 *
 * <p>What programs wrote for programs is believed first (RFC 5965, RFC 3464), then the words for people. Never fails. Safe
 * for several threads.
 */
public final class BounceParser {
    private static final int DEEPEST = 1;
    /** Of so many recipients that only words name; programs that write for people list few. */
    private static final int MOST_NAMED = 200;

    private final PhraseList signs = PhraseList.load(BounceParser.class, "signs.txt");
    private final BounceClassifier classifier = new BounceClassifier();
    private final StatusReader statuses = new StatusReader(classifier);
    private final ComplaintReader complaints = new ComplaintReader();
    private final SesReader ses = new SesReader(classifier);
    private final TextRecipients texts = new TextRecipients(signs);

    /** What the message says; looks at its first 2 MiB. */
    public BounceResult read(byte[] message) {
        return read(ReportMessage.read(message), 0);
    }

    private BounceResult read(ReportMessage message, int depth) {
        Optional<BounceResult> notified = SesNotification.in(message).flatMap(ses::read);
        if (notified.isPresent()) {
            return notified.get();
        }
        SaidText text = SaidText.divide(message.words(), signs);
        OriginalReference original = Originals.in(message, text);
        Optional<BounceResult> complaint = complaints.read(message, original);
        if (complaint.isPresent()) {
            return complaint.get();
        }
        NoticeSigns evidence = new NoticeSigns(signs, message, text);
        if (message.of(Kind.DISPOSITION).stream().anyMatch(part -> !evidence.isRejection(part.text()))) {
            return new BounceResult.AutoReply();
        }
        if (evidence.isSureChallenge()) {
            return new BounceResult.ChallengeResponse();
        }
        return byFields(message, text, original)
                .or(() -> namesNobody(message, text) ? enclosed(message, evidence, depth) : Optional.empty())
                .or(() -> evidence.isNotice()
                        ? Optional.of(byWords(message, text, original, evidence))
                        : Optional.empty())
                .orElseGet(() -> ordinary(evidence));
    }

    private static BounceResult ordinary(NoticeSigns evidence) {
        if (evidence.isChallenge()) {
            return new BounceResult.ChallengeResponse();
        }
        return evidence.isAutoReply() ? new BounceResult.AutoReply() : new BounceResult.NotABounce();
    }

    private boolean namesNobody(ReportMessage message, SaidText text) {
        return !message.header().has("x-failed-recipients")
                && texts.in(text.said(), addressesOf(message, "from", "to")).isEmpty();
    }

    /** A gateway put the notice into a message of its own. */
    private Optional<BounceResult> enclosed(ReportMessage message, NoticeSigns evidence, int depth) {
        if (depth >= DEEPEST || !evidence.hasNullSender() && !evidence.isFromDaemon()) {
            return Optional.empty();
        }
        return message.of(Kind.ORIGINAL).stream()
                .map(part -> read(ReportMessage.read(part.text().stripLeading()), depth + 1))
                .filter(result -> result instanceof BounceResult.Bounce || result instanceof BounceResult.DelayNotice)
                .findFirst();
    }

    private Optional<BounceResult> byFields(ReportMessage message, SaidText text, OriginalReference original) {
        String fields = message.of(Kind.STATUS).stream().map(ReportPart::text).collect(Collectors.joining("\n\n"));
        StatusGroups groups = StatusGroups.parse(fields);
        if (groups.recipients().isEmpty()
                && text.said().toLowerCase(Locale.ROOT).contains("-recipient:")) {
            StatusGroups inWords = StatusGroups.parse(text.said());
            groups = inWords.isStatus() ? inWords : groups;
        }
        List<BouncedRecipient> found = statuses.recipients(groups, text.said());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> envelopeId = Optional.ofNullable(groups.message().get("original-envelope-id"));
        return Optional.of(byAction(found, original.withEnvelopeId(envelopeId)));
    }

    private static BounceResult byAction(List<BouncedRecipient> found, OriginalReference original) {
        List<BouncedRecipient> failed = with("failed", found);
        if (!failed.isEmpty()) {
            return new BounceResult.Bounce(failed, original);
        }
        List<BouncedRecipient> delayed = with("delayed", found);
        return delayed.isEmpty()
                ? new BounceResult.SuccessNotice(found, original)
                : new BounceResult.DelayNotice(delayed, original);
    }

    private static List<BouncedRecipient> with(String action, List<BouncedRecipient> found) {
        return found.stream().filter(each -> each.action().equals(action)).toList();
    }

    private BounceResult byWords(
            ReportMessage message, SaidText text, OriginalReference original, NoticeSigns evidence) {
        String action = evidence.isSuccess() ? "delivered" : evidence.isDelay() ? "delayed" : "failed";
        List<String> addresses = addresses(message, text, original);
        List<BouncedRecipient> recipients = new ArrayList<>();
        BounceReason ofAll = Reasons.best(classifier, Optional.empty(), List.of(text.said()));
        for (String address : addresses.isEmpty() ? List.of("") : addresses) {
            recipients.add(recipient(address, text.said(), action, addresses.size() <= 1, ofAll));
        }
        return byAction(recipients, original);
    }

    /** @param ofAll the reason of those about whom nothing is said apart */
    private BouncedRecipient recipient(String address, String said, String action, boolean alone, BounceReason ofAll) {
        String about = TextRecipients.paragraph(said, address);
        String section = TextRecipients.section(said, address);
        if (about.isEmpty() && !alone) {
            return new BouncedRecipient(address, Optional.empty(), action, said.strip(), Optional.empty(), ofAll);
        }
        BounceReason reason = Reasons.best(classifier, Optional.empty(), List.of(about, section, alone ? said : ""));
        boolean coded = Codes.reply(about).isEmpty() && Codes.reply(section).isPresent();
        boolean told = coded || Reasons.isClear(classifier, about) || !Reasons.isClear(classifier, said);
        String diagnostic = about.isEmpty() || alone && !told ? said.strip() : coded ? section : about;
        return new BouncedRecipient(address, Optional.empty(), action, diagnostic, Optional.empty(), reason);
    }

    private List<String> addresses(ReportMessage message, SaidText text, OriginalReference original) {
        List<String> listed = message.header().all("x-failed-recipients").stream()
                .flatMap(value -> AddressScanner.addresses(value).stream())
                .distinct()
                .toList();
        if (!listed.isEmpty()) {
            return listed;
        }
        Set<String> writer = addressesOf(message, "from", "reply-to", "sender");
        Set<String> both = new LinkedHashSet<>(writer);
        both.addAll(addressesOf(message, "to", "cc", "return-path", "delivered-to"));
        both.addAll(original.from().stream().map(AddressScanner::key).toList());
        return Stream.<Supplier<List<String>>>of(
                        () -> texts.in(text.said(), both),
                        () -> texts.in(text.said(), writer),
                        original::to,
                        () -> texts.anyIn(text.said(), both),
                        () -> taggedReturnPath(message))
                .map(Supplier::get)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> found.subList(0, Math.min(found.size(), MOST_NAMED)))
                .orElse(List.of());
    }

    private static Set<String> addressesOf(ReportMessage message, String... fields) {
        Set<String> found = new LinkedHashSet<>();
        for (String field : fields) {
            message.header()
                    .all(field)
                    .forEach(value -> AddressScanner.addresses(value).stream()
                            .map(AddressScanner::key)
                            .forEach(found::add));
        }
        return found;
    }

    /** The recipient in a return path of its own: {@code list-bounces+bob=example.org@lists.example.net}. */
    private static List<String> taggedReturnPath(ReportMessage message) {
        for (String address : addressesOf(message, "to", "delivered-to")) {
            String local = address.substring(0, address.lastIndexOf('@'));
            int equals = local.lastIndexOf('=');
            boolean proof = local.startsWith("srs") || local.startsWith("prvs") || local.startsWith("btv");
            if (equals > 0 && local.indexOf('.', equals) > 0 && !proof) {
                int plus = local.lastIndexOf('+', equals);
                int start = plus >= 0 ? plus : local.lastIndexOf('-', equals);
                if (start >= 0 && start + 1 < equals) {
                    return List.of(local.substring(start + 1, equals) + '@' + local.substring(equals + 1));
                }
            }
        }
        return List.of();
    }
}
