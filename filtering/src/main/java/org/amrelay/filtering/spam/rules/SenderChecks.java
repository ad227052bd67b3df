// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.mime.HeaderText;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.text.Folding;

/** Questions about the author, who answers go to, and the subject. Stateless. */
final class SenderChecks {
    private SenderChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("name-is-other-address", SenderChecks::nameIsOtherAddress),
                Map.entry("name-claims-brand", SenderChecks::nameClaimsBrand),
                Map.entry("domain-like-brand", SenderChecks::domainLikeBrand),
                Map.entry(
                        "name-with-invisible",
                        s -> Check.when(
                                !Folding.plain(s.fromName()).equals(Folding.plain(Folding.skeleton(s.fromName())))
                                        && Folding.mixesScripts(s.fromName()),
                                s.fromName())),
                Map.entry("no-name", s -> Check.when(s.fromName().isBlank(), "")),
                Map.entry("name-all-caps", s -> Check.when(allCaps(s.fromName(), 8), s.fromName())),
                Map.entry("digits-in-author", SenderChecks::digits),
                Map.entry("freemail-author", s -> Check.when(Lists.isFreemail(s.fromDomain()), s.fromDomain())),
                Map.entry("freemail-answer", SenderChecks::freemailAnswer),
                Map.entry("other-answer", SenderChecks::otherAnswer),
                Map.entry("envelope-differs", SenderChecks::envelopeDiffers),
                Map.entry(
                        "suspicious-author-top",
                        s -> Check.when(Lists.isSuspiciousTop(RegisteredNames.top(s.fromDomain())), s.fromDomain())),
                Map.entry("author-punycode", s -> Check.when(s.fromDomain().contains("xn--"), s.fromDomain())),
                Map.entry(
                        "forged-gmail",
                        s -> Check.when(
                                s.fromDomain().equals("gmail.com")
                                        && !s.header().messageId().contains("gmail.com")
                                        && !s.header().has("x-google-dkim-signature")
                                        && !s.header().has("list-id")
                                        && !s.header().has("in-reply-to"),
                                s.header().messageId())),
                Map.entry(
                        "forged-mass-mailer",
                        s -> Check.when(
                                (s.fromDomain().equals("yahoo.com")
                                                || s.fromDomain().equals("hotmail.com")
                                                || s.fromDomain().equals("aol.com")
                                                || s.fromDomain().equals("msn.com"))
                                        && !s.header()
                                                .messageId()
                                                .toLowerCase(Locale.ROOT)
                                                .contains(s.fromDomain())
                                        && !s.header().has("list-id")
                                        && !s.header().has("in-reply-to")
                                        && s.header()
                                                        .messageId()
                                                        .toLowerCase(Locale.ROOT)
                                                        .indexOf(RegisteredNames.of(s.fromDomain())
                                                                .substring(0, 3))
                                                < 0,
                                s.fromDomain())),
                Map.entry("no-subject", s -> Check.when(s.subject().isBlank(), "")),
                Map.entry("subject-all-caps", s -> Check.when(allCaps(s.subject(), 10), "")),
                Map.entry(
                        "subject-shouts",
                        s -> Check.when(
                                s.subject().contains("!!")
                                        || s.subject().contains("??")
                                        || s.subject().contains("$$")
                                        || s.subject()
                                                        .chars()
                                                        .filter(c -> c == '!')
                                                        .count()
                                                > 2,
                                "")),
                Map.entry("subject-pictures", SenderChecks::pictures),
                Map.entry("subject-spaced-out", s -> Check.when(TextChecks.isSpacedOut(s.subject()), "")),
                Map.entry("subject-needlessly-encoded", SenderChecks::needlesslyEncoded),
                Map.entry("subject-mixes-scripts", s -> Check.when(mixes(s.subject()), "")),
                Map.entry(
                        "subject-false-answer",
                        s -> Check.when(
                                HeaderChecks.isAnswer(s.subject())
                                        && !s.header().has("in-reply-to")
                                        && !s.header().has("references"),
                                "")),
                Map.entry("subject-names-recipient", SenderChecks::namesRecipient),
                Map.entry("subject-ends-in-code", SenderChecks::endsInCode));
    }

    private static Optional<String> nameIsOtherAddress(Specimen specimen) {
        String name = specimen.fromName().toLowerCase(Locale.ROOT);
        int sign = name.indexOf('@');
        if (sign <= 0 || specimen.fromDomain().isEmpty()) {
            return Optional.empty();
        }
        int end = sign + 1;
        while (end < name.length()
                && (Character.isLetterOrDigit(name.charAt(end)) || ".-".indexOf(name.charAt(end)) >= 0)) {
            end++;
        }
        String site = RegisteredNames.of(name.substring(sign + 1, end));
        return Check.when(site.indexOf('.') > 0 && !site.equals(RegisteredNames.of(specimen.fromDomain())), name);
    }

    private static Optional<String> nameClaimsBrand(Specimen specimen) {
        String domain = specimen.fromDomain();
        return domain.isEmpty()
                ? Optional.empty()
                : Lists.brandIn(Folding.plain(Folding.skeleton(specimen.fromName())))
                        .filter(brand -> !Lists.belongs(domain, brand))
                        .map(brand -> brand + " by " + domain);
    }

    private static Optional<String> domainLikeBrand(Specimen specimen) {
        return Lists.lookalike(specimen.fromDomain());
    }

    static boolean allCaps(String text, int least) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowerCase(c)) {
                return false;
            }
            letters += Character.isUpperCase(c) ? 1 : 0;
        }
        return letters >= least;
    }

    private static Optional<String> digits(Specimen specimen) {
        String local = specimen.from().map(Mailbox::address).orElse("");
        local = local.substring(0, Math.max(0, local.lastIndexOf('@')));
        long digits = local.chars().filter(Character::isDigit).count();
        return Check.when(digits >= 5 || local.length() > 6 && digits * 3 > local.length(), local);
    }

    private static Optional<String> freemailAnswer(Specimen specimen) {
        return specimen.header().replyTo().stream()
                .findFirst()
                .map(Mailbox::domain)
                .filter(domain -> Lists.isFreemail(domain) && !domain.equals(specimen.fromDomain()))
                .map(domain -> domain + " for " + specimen.fromDomain());
    }

    private static Optional<String> otherAnswer(Specimen specimen) {
        return specimen.header().replyTo().stream()
                .findFirst()
                .map(Mailbox::domain)
                .filter(domain -> !domain.isEmpty()
                        && !RegisteredNames.of(domain).equals(RegisteredNames.of(specimen.fromDomain())));
    }

    private static Optional<String> envelopeDiffers(Specimen specimen) {
        return specimen.origin()
                .sender()
                .filter(sender -> sender.contains("@"))
                .map(sender -> RegisteredNames.of(sender.substring(sender.lastIndexOf('@') + 1)))
                .filter(site -> !site.equals(RegisteredNames.of(specimen.fromDomain())));
    }

    private static Optional<String> pictures(Specimen specimen) {
        return Check.when(
                specimen.subject().codePoints().anyMatch(c -> c >= 0x1f300 && c < 0x1fb00 || c >= 0x2600 && c < 0x27c0),
                "");
    }

    /** Encoded words that hold nothing but ASCII hide it from simple filters (RFC 2047 §2). */
    private static Optional<String> needlesslyEncoded(Specimen specimen) {
        return specimen.header()
                .first("subject")
                .map(field -> field.decoded())
                .filter(text -> text.encodedWords() > 0 && text.text().chars().allMatch(c -> c < 0x7f && c != '='))
                .map(HeaderText::text);
    }

    private static boolean mixes(String text) {
        return List.of(text.split(" ")).stream().limit(60).anyMatch(Folding::mixesScripts);
    }

    private static Optional<String> namesRecipient(Specimen specimen) {
        String subject = specimen.subject().toLowerCase(Locale.ROOT);
        return specimen.header().to().stream()
                .map(to -> to.address().toLowerCase(Locale.ROOT))
                .filter(address -> address.indexOf('@') > 2)
                .filter(address -> subject.contains(address)
                        || address.indexOf('@') > 4
                                && subject.startsWith(address.substring(0, address.indexOf('@')) + ","))
                .findFirst();
    }

    /** Random letters behind many blanks make each copy different. */
    private static Optional<String> endsInCode(Specimen specimen) {
        String raw = specimen.header()
                .first("subject")
                .map(field -> field.field().body().stripTrailing())
                .orElse("");
        int gap = raw.lastIndexOf("     ");
        return Check.when(
                gap > 5 && raw.length() - gap > 6 && raw.length() - gap < 30,
                raw.substring(Math.max(0, gap)).strip());
    }
}
