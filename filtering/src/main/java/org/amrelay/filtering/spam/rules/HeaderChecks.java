// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.DecodedField;
import org.amrelay.mail.mime.ReceivedHop;

/** Questions about the header beside author and subject (RFC 5322 §3.6). Stateless. */
final class HeaderChecks {
    private static final Set<String> ONCE = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "message-id",
            "in-reply-to",
            "references",
            "subject",
            "date");

    private HeaderChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("no-message-id", s -> Check.when(!s.header().has("message-id"), "")),
                Map.entry("no-date", s -> Check.when(!s.header().has("date"), "")),
                Map.entry("no-from", s -> Check.when(s.from().isEmpty(), "")),
                Map.entry(
                        "no-recipient-field",
                        s -> Check.when(!s.header().has("to") && !s.header().has("cc"), "")),
                Map.entry("undisclosed-recipients", HeaderChecks::undisclosed),
                Map.entry("repeated-field", HeaderChecks::repeated),
                Map.entry("several-authors", s -> Check.when(s.header().from().size() > 1, "")),
                Map.entry("odd-message-id", HeaderChecks::oddMessageId),
                Map.entry("message-id-without-dot", HeaderChecks::idHostWithoutDot),
                Map.entry("message-id-of-author-host", HeaderChecks::sameIdHost),
                Map.entry(
                        "unreadable-date",
                        s -> Check.when(
                                s.header().has("date") && s.header().date().isEmpty(),
                                s.header().text("date"))),
                Map.entry(
                        "date-ahead",
                        s -> gap(s).filter(gap -> gap.toHours() >= 24).map(gap -> "by " + gap.toHours() + " h")),
                Map.entry(
                        "date-behind",
                        s -> gap(s).filter(gap -> gap.toHours() <= -96).map(gap -> "by " + -gap.toHours() + " h")),
                Map.entry("odd-zone", HeaderChecks::oddZone),
                Map.entry("undeclared-eight-bit", HeaderChecks::eightBit),
                Map.entry("no-received", s -> Check.when(!s.header().has("received"), "")),
                Map.entry("outlook-without-its-fields", HeaderChecks::forgedOutlook),
                Map.entry("apple-without-its-form", HeaderChecks::forgedApple),
                Map.entry("urgent", HeaderChecks::urgent),
                Map.entry("bulk-without-unsubscribe", HeaderChecks::bulkWithoutUnsubscribe),
                Map.entry(
                        "one-click-unsubscribe",
                        s -> Check.when(
                                s.header().has("list-unsubscribe-post")
                                        && s.header().has("dkim-signature"),
                                "")),
                Map.entry(
                        "answer",
                        s -> Check.when(s.header().text("in-reply-to").contains("@") && isAnswer(s.subject()), "")),
                Map.entry(
                        "list-post",
                        s -> Check.when(s.header().has("list-id") && s.header().has("list-post"), "")),
                Map.entry("auto-submitted-bounce", HeaderChecks::bounceWithoutOriginal),
                Map.entry(
                        "php-script",
                        s -> Check.when(
                                s.header().has("x-php-originating-script")
                                        || s.header().has("x-php-script"),
                                "")));
    }

    static boolean isAnswer(String subject) {
        String start = subject.strip().toLowerCase(Locale.ROOT);
        return List.of("re:", "aw:", "sv:", "antw:", "rif:", "odp:", "ynt:", "vs:", "re[").stream()
                .anyMatch(start::startsWith);
    }

    private static Optional<String> undisclosed(Specimen specimen) {
        String to = specimen.header().text("to").strip().toLowerCase(Locale.ROOT);
        return Check.when(
                specimen.header().has("to") && specimen.header().to().isEmpty(),
                to.length() > 40 ? to.substring(0, 40) : to);
    }

    private static Optional<String> repeated(Specimen specimen) {
        return ONCE.stream()
                .filter(name -> specimen.header().named(name).size() > 1)
                .sorted()
                .findFirst();
    }

    private static Optional<String> oddMessageId(Specimen specimen) {
        if (!specimen.header().has("message-id")) {
            return Optional.empty();
        }
        String raw = specimen.header().text("message-id").strip();
        String id = specimen.header().messageId();
        int sign = id.indexOf('@');
        boolean odd = !raw.startsWith("<")
                || !raw.endsWith(">")
                || sign <= 0
                || sign != id.lastIndexOf('@')
                || sign == id.length() - 1
                || id.indexOf(' ') >= 0;
        return Check.when(odd, raw);
    }

    private static Optional<String> idHostWithoutDot(Specimen specimen) {
        String id = specimen.header().messageId();
        String host = id.substring(id.indexOf('@') + 1);
        return Check.when(!host.isEmpty() && id.contains("@") && host.indexOf('.') < 0, host);
    }

    private static Optional<String> sameIdHost(Specimen specimen) {
        String id = specimen.header().messageId().toLowerCase(Locale.ROOT);
        return Check.when(
                !specimen.fromDomain().isEmpty() && id.endsWith('@' + specimen.fromDomain()), specimen.fromDomain());
    }

    /** How far the date is ahead of the oldest hop's, which the first server wrote; Received fields stand newest first. */
    private static Optional<Duration> gap(Specimen specimen) {
        List<ReceivedHop> hops = specimen.header().received();
        Optional<Instant> arrived = hops.isEmpty()
                ? specimen.origin().now()
                : hops.get(hops.size() - 1).date().or(() -> specimen.origin().now());
        return specimen.header().date().flatMap(date -> arrived.map(at -> Duration.between(at, date)));
    }

    /** No country is further from Greenwich than 14 hours. */
    private static Optional<String> oddZone(Specimen specimen) {
        String date = specimen.header().text("date").strip();
        int sign = Math.max(date.lastIndexOf(" +"), date.lastIndexOf(" -"));
        if (sign < 0 || sign + 6 > date.length()) {
            return Optional.empty();
        }
        String zone = date.substring(sign + 2, sign + 6);
        if (!zone.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(zone);
        return Check.when(number > 1_400 || number % 100 >= 60, date.substring(sign + 1, sign + 6));
    }

    private static Optional<String> eightBit(Specimen specimen) {
        return specimen.header().fields().stream()
                .filter(field -> List.of("from", "subject", "to", "reply-to").contains(field.key()))
                .filter(field -> field.field().raw().chars().anyMatch(c -> c > 0x7f))
                .map(DecodedField::name)
                .findFirst();
    }

    /** Outlook Express and old Outlooks write X-MimeOLE; and none of them writes text alone as HTML in base64. */
    private static Optional<String> forgedOutlook(Specimen specimen) {
        String mailer = specimen.header().text("x-mailer");
        boolean express =
                mailer.startsWith("Microsoft Outlook Express") || mailer.startsWith("Microsoft Windows Live Mail");
        boolean outlook = mailer.startsWith("Microsoft Outlook") || mailer.startsWith("Microsoft Office Outlook");
        if (express) {
            return Check.when(
                    !specimen.header().has("x-mimeole")
                            || !specimen.header().messageId().contains("$"),
                    mailer);
        }
        return Check.when(
                outlook
                        && !specimen.header().has("thread-index")
                        && !specimen.header().has("x-mimeole")
                        && !specimen.header().has("content-language"),
                mailer);
    }

    private static Optional<String> forgedApple(Specimen specimen) {
        String mailer = specimen.header().text("x-mailer");
        boolean apple =
                mailer.startsWith("Apple Mail") || mailer.startsWith("iPhone Mail") || mailer.startsWith("iPad Mail");
        return Check.when(apple && !specimen.header().text("mime-version").startsWith("1.0"), mailer);
    }

    private static Optional<String> urgent(Specimen specimen) {
        String priority = specimen.header().text("x-priority").strip();
        return Check.when(
                priority.startsWith("1")
                        || specimen.header().text("importance").strip().equalsIgnoreCase("high")
                        || specimen.header().text("x-msmail-priority").strip().equalsIgnoreCase("high"),
                "");
    }

    /** What the large receivers ask of senders of bulk mail (RFC 2369 §3.2, RFC 8058). */
    private static Optional<String> bulkWithoutUnsubscribe(Specimen specimen) {
        String precedence = specimen.header().text("precedence").strip().toLowerCase(Locale.ROOT);
        boolean bulk = precedence.equals("bulk")
                || specimen.header().has("feedback-id")
                || specimen.header().has("x-campaign")
                || specimen.header().has("x-campaignid")
                || specimen.header().has("x-mailer-recptid");
        return Check.when(
                bulk
                        && !specimen.header().has("list-unsubscribe")
                        && !specimen.header().has("list-id"),
                "");
    }

    private static Optional<String> bounceWithoutOriginal(Specimen specimen) {
        boolean bounce = specimen.origin().sender().map(String::isEmpty).orElse(false)
                || specimen.from()
                        .map(from -> from.address().toLowerCase(Locale.ROOT).startsWith("mailer-daemon"))
                        .orElse(false);
        boolean original = specimen.parts().stream()
                .anyMatch(part -> part.type().is("message/rfc822")
                        || part.type().is("text/rfc822-headers")
                        || part.type().is("message/delivery-status")
                        || part.type().is("message/disposition-notification"));
        return Check.when(
                bounce
                        && !original
                        && !specimen.text().contains("Message-ID")
                        && !specimen.text().contains("Message-Id"),
                "");
    }
}
