// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.message.MessageHeader;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.settings.SourceLine;

/** Makes conditions of what is written, and collects what is wrong with it. For one file and one thread. */
final class ConditionCompiler {
    private static final int SIGNS = 64;
    private static final Set<String> METHODS = Set.of("spf", "dkim", "dmarc", "arc", "iprev");

    private final Map<String, List<RuleAddress>> groups;
    private final Set<String> knownTypes;
    private final List<String> mistakes;
    private final Set<String> types = new HashSet<>();

    /** @param knownTypes of sensitive values; when there are none, all are taken */
    ConditionCompiler(Map<String, List<RuleAddress>> groups, Set<String> knownTypes, List<String> mistakes) {
        this.groups = groups;
        this.knownTypes = knownTypes;
        this.mistakes = mistakes;
    }

    /** All types of sensitive values that were asked for so far. */
    Set<String> types() {
        return Set.copyOf(types);
    }

    RuleCondition compile(ConditionSettings given) {
        List<RuleCondition> all = new ArrayList<>();
        envelope(given, all);
        mail(given, all);
        given.header().forEach(header -> all.add(header(header)));
        given.attachment().ifPresent(attachment -> all.add(attachment(attachment)));
        given.text().ifPresent(text -> all.add(text(text)));
        given.sensitive().ifPresent(sensitive -> all.add(sensitive(sensitive)));
        given.all().forEach(each -> all.add(compile(each)));
        if (!given.any().isEmpty()) {
            all.add(RuleConditions.any(given.any().stream().map(this::compile).toList()));
        }
        given.not().ifPresent(inner -> all.add(RuleConditions.not(compile(inner))));
        if (all.isEmpty()) {
            mistakes.add(given.line().says("a condition asks for nothing; leave it out, or write what it asks for"));
        }
        return RuleConditions.all(all);
    }

    private void envelope(ConditionSettings given, List<RuleCondition> all) {
        List<RuleAddress> senders = addresses(given.sender(), given.line());
        if (!given.sender().isEmpty()) {
            all.add(RuleConditions.ofMail(
                    RuleCondition.Cost.ENVELOPE,
                    subject -> RuleAddress.anyMatches(senders, subject.facts().sender())));
        }
        List<RuleAddress> recipients = addresses(given.recipient(), given.line());
        if (!given.recipient().isEmpty()) {
            all.add(RuleConditions.ofRecipient((subject, recipient) -> RuleAddress.anyMatches(recipients, recipient)));
        }
        if (!given.senderDomains().isEmpty()) {
            all.add(RuleConditions.ofMail(
                    RuleCondition.Cost.ENVELOPE,
                    subject -> subject.facts()
                            .sender()
                            .address()
                            .filter(address -> DomainPattern.anyMatches(given.senderDomains(), address.domain()))
                            .isPresent()));
        }
        if (!given.recipientDomains().isEmpty()) {
            all.add(RuleConditions.ofRecipient(
                    (subject, recipient) -> DomainPattern.anyMatches(given.recipientDomains(), recipient.domain())));
        }
        if (!given.direction().isEmpty()) {
            all.add(RuleConditions.ofRecipient((subject, recipient) ->
                    given.direction().contains(subject.facts().direction(recipient))));
        }
    }

    private void mail(ConditionSettings given, List<RuleCondition> all) {
        List<RuleAddress> authors = addresses(given.author(), given.line());
        if (!given.author().isEmpty()) {
            all.add(RuleConditions.ofMail(
                    RuleCondition.Cost.HEADER,
                    subject -> isBy(authors, subject.view().header())));
        }
        given.largerThan()
                .ifPresent(size -> all.add(RuleConditions.ofMail(
                        RuleCondition.Cost.ENVELOPE,
                        subject -> subject.view().content().size() > size.bytes())));
        given.spamScoreAbove()
                .ifPresent(points -> all.add(RuleConditions.ofMail(
                        RuleCondition.Cost.ENVELOPE,
                        subject -> subject.facts()
                                .spamScore()
                                .filter(score -> score > points)
                                .isPresent())));
        if (!given.protection().isEmpty()) {
            all.add(RuleConditions.ofMail(
                    RuleCondition.Cost.HEADER,
                    subject -> given.protection().contains(MessageProtectionReader.of(subject.view()))));
        }
        if (!given.authentication().isEmpty()) {
            all.add(authentication(given));
        }
        given.time().ifPresent(time -> {
            RuleHours window = orSay(
                    time.line(),
                    () -> RuleHours.of(time),
                    () -> new RuleHours(Set.of(), 0, 0, java.time.ZoneOffset.UTC));
            all.add(RuleConditions.ofMail(
                    RuleCondition.Cost.ENVELOPE,
                    subject -> window.includes(subject.facts().now())));
        });
    }

    private static boolean isBy(List<RuleAddress> authors, MessageHeader header) {
        return header.from().stream()
                .map(Mailbox::parsed)
                .anyMatch(address -> address.isPresent() && RuleAddress.anyMatches(authors, address.get()));
    }

    private RuleCondition authentication(ConditionSettings given) {
        Set<String> wanted = AttachmentCondition.small(given.authentication());
        for (String each : wanted) {
            int equals = each.indexOf('=');
            if (equals < 0 || !METHODS.contains(each.substring(0, equals))) {
                mistakes.add(given.line()
                        .says("'authentication': '" + each
                                + "' is not like spf=fail; methods are spf, dkim, dmarc, arc and iprev"));
            }
        }
        return RuleConditions.ofMail(
                RuleCondition.Cost.ENVELOPE,
                subject -> subject.facts()
                        .authentication()
                        .filter(results -> results.results().stream()
                                .anyMatch(found -> wanted.contains(found.method() + '=' + found.result())))
                        .isPresent());
    }

    private HeaderCondition header(HeaderSettings given) {
        return new HeaderCondition(
                given.name(),
                List.copyOf(AttachmentCondition.small(given.contains())),
                given.matches().map(text -> pattern(text, given.line())));
    }

    private AttachmentCondition attachment(AttachmentSettings given) {
        Set<String> hashes = AttachmentCondition.small(given.sha256());
        for (String hash : hashes) {
            if (hash.length() != SIGNS || !hash.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                mistakes.add(given.line().says("'sha256': '" + hash + "' has not 64 hexadecimal digits"));
            }
        }
        return new AttachmentCondition(
                given.name().stream().map(AttachmentCondition::glob).toList(),
                List.copyOf(AttachmentCondition.small(given.type())),
                hashes,
                AttachmentCondition.small(given.trait()),
                given.largerThan().map(size -> size.bytes()));
    }

    private TextCondition text(TextSettings given) {
        if (given.words().isEmpty() && given.patterns().isEmpty()) {
            mistakes.add(given.line().says("'text' needs words or patterns"));
        }
        return new TextCondition(
                given.in().isEmpty() ? EnumSet.of(TextPlace.SUBJECT, TextPlace.BODY) : given.in(),
                given.words().stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList(),
                given.patterns().stream()
                        .map(text -> pattern(text, given.line()))
                        .toList(),
                given.count());
    }

    private SensitiveCondition sensitive(SensitiveClause given) {
        types.addAll(given.types());
        Set<String> unknown = new TreeSet<>(given.types());
        unknown.removeAll(knownTypes);
        if (!knownTypes.isEmpty() && !unknown.isEmpty()) {
            mistakes.add(given.line()
                    .says("'types': " + unknown + " is unknown, known are "
                            + String.join(", ", new TreeSet<>(knownTypes))));
        }
        if (given.types().isEmpty()) {
            mistakes.add(given.line().says("'sensitive' needs types"));
        }
        return new SensitiveCondition(
                given.in().isEmpty() ? EnumSet.allOf(TextPlace.class) : given.in(),
                given.types(),
                given.count(),
                given.confidence());
    }

    private List<RuleAddress> addresses(List<WrittenAddress> texts, SourceLine line) {
        return orSay(line, () -> RuleAddress.of(texts, groups), List::of);
    }

    private Pattern pattern(String text, SourceLine line) {
        return orSay(line, () -> compiled(text), () -> Pattern.compile(""));
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException("'" + text + "' is no RE2 pattern: " + broken.getDescription(), broken);
        }
    }

    private <T> T orSay(SourceLine line, Supplier<T> maker, Supplier<T> otherwise) {
        try {
            return maker.get();
        } catch (IllegalArgumentException mistake) {
            mistakes.add(line.says(String.valueOf(mistake.getMessage())));
            return otherwise.get();
        }
    }
}
