// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.authentication.spf.SpfRecord.Directive;
import org.amrelay.authentication.spf.SpfResult.Status;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/** One evaluation on its way from record to record; used by one thread at a time, the next after the last. */
final class SpfCheck {
    private final SpfQuery query;
    private final String receiver;
    private final Instant now;
    private final Lookups lookups;
    private final MechanismMatcher matcher;

    SpfCheck(Dns dns, SpfQuery query, String receiver, Instant now) {
        this.query = query;
        this.receiver = receiver;
        this.now = now;
        this.lookups = new Lookups(dns, query.client());
        this.matcher = new MechanismMatcher(query.client(), lookups, this::checkHost);
    }

    CompletionStage<SpfResult> check() {
        return checkHost(query.domain())
                .thenCompose(outcome -> explained(outcome)
                        .thenApply(text -> new SpfResult(outcome.status(), query, outcome.reason(), text)));
    }

    /** RFC 7208 §4.3-§4.5. */
    private CompletionStage<Outcome> checkHost(String domain) {
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        if (MacroExpander.validName(name).isEmpty() || name.indexOf('.') < 0) {
            return done(Outcome.of(Status.NONE, "not a domain name", domain));
        }
        return lookups.query(name, RecordType.TXT).thenCompose(answer -> evaluate(name, answer));
    }

    private CompletionStage<Outcome> evaluate(String domain, DnsAnswer<String> answer) {
        if (answer.isTemporary()) {
            return done(Outcome.of(Status.TEMPERROR, answer.cause(), domain));
        }
        List<String> policies =
                answer.records().stream().filter(SpfRecordParser::isPolicy).toList();
        if (policies.isEmpty()) {
            return done(Outcome.of(Status.NONE, domain + " has no policy", domain));
        }
        if (policies.size() > 1) {
            return done(Outcome.of(Status.PERMERROR, domain + " has more than one policy", domain));
        }
        return SpfRecordParser.parse(policies.get(0))
                .fold(
                        record -> evaluate(domain, record, 0),
                        why -> done(Outcome.of(Status.PERMERROR, domain + ": " + why, domain)));
    }

    /** RFC 7208 §4.6.2: from left to right until one matches. */
    private CompletionStage<Outcome> evaluate(String domain, SpfRecord record, int first) {
        for (int i = first; i < record.directives().size(); i++) {
            Directive directive = record.directives().get(i);
            CompletableFuture<Match> match =
                    match(directive.mechanism(), domain).toCompletableFuture();
            if (!match.isDone()) {
                int next = i + 1;
                return match.thenCompose(late -> decide(late, directive, domain, record)
                        .map(SpfCheck::done)
                        .orElseGet(() -> evaluate(domain, record, next)));
            }
            Optional<Outcome> decided = decide(match.join(), directive, domain, record);
            if (decided.isPresent()) {
                return done(decided.get());
            }
        }
        return record.redirect()
                .map(target -> redirect(domain, target))
                .orElseGet(() -> done(Outcome.of(Status.NEUTRAL, domain + ": nothing matched", domain)));
    }

    private static Optional<Outcome> decide(Match match, Directive directive, String domain, SpfRecord record) {
        String at = domain + ": " + MacroStringParser.shown(directive.text());
        return switch (match.kind()) {
            case NO -> Optional.empty();
            case YES -> Optional.of(new Outcome(directive.result(), at, domain, record.explanation()));
            case TEMPERROR -> Optional.of(Outcome.of(Status.TEMPERROR, at + ": " + match.reason(), domain));
            case PERMERROR -> Optional.of(Outcome.of(Status.PERMERROR, at + ": " + match.reason(), domain));
        };
    }

    private CompletionStage<Match> match(Mechanism mechanism, String domain) {
        return withName(MechanismMatcher.target(mechanism), domain, macros -> matcher.match(mechanism, macros));
    }

    /** RFC 7208 §6.1. */
    private CompletionStage<Outcome> redirect(String domain, MacroString target) {
        if (!lookups.mayAskAgain()) {
            return done(Outcome.of(Status.PERMERROR, domain + ": " + MechanismMatcher.TOO_MANY_TERMS, domain));
        }
        return withName(
                Optional.of(target),
                domain,
                macros -> macros.name(target)
                        .map(this::checkHost)
                        .orElseGet(() -> done(Outcome.of(Status.NONE, "not a domain name", domain)))
                        .thenApply(outcome -> outcome.status() == Status.NONE
                                ? Outcome.of(Status.PERMERROR, domain + ": nothing to redirect to", domain)
                                : outcome));
    }

    /** RFC 7208 §6.2: whatever goes wrong, there is no explanation then. */
    private CompletionStage<Optional<String>> explained(Outcome outcome) {
        if (outcome.status() != Status.FAIL || outcome.explanation().isEmpty()) {
            return done(Optional.empty());
        }
        MacroString place = outcome.explanation().get();
        return withName(
                Optional.of(place),
                outcome.domain(),
                macros -> macros.name(place)
                        .map(name -> lookups.query(name, RecordType.TXT))
                        .orElseGet(() -> done(DnsAnswer.failure(DnsAnswer.Status.SERVER_FAILURE, "not a name")))
                        .thenCompose(answer -> explanation(outcome.domain(), answer)));
    }

    private CompletionStage<Optional<String>> explanation(String domain, DnsAnswer<String> answer) {
        if (answer.records().size() != 1) {
            return done(Optional.empty());
        }
        return Parsed.by(() -> MacroStringParser.explanation(answer.records().get(0)))
                .fold(
                        text -> withName(Optional.of(text), domain, macros -> done(macros.explanation(text))),
                        why -> done(Optional.empty()));
    }

    private <T> CompletionStage<T> withName(
            Optional<MacroString> text, String domain, Function<MacroExpander, CompletionStage<T>> next) {
        if (text.filter(MacroString::needsClientName).isEmpty()) {
            return next.apply(new MacroExpander(query, domain, "unknown", receiver, now));
        }
        return lookups.clientNames()
                .thenCompose(names -> next.apply(
                        new MacroExpander(query, domain, Lookups.preferred(names.valid(), domain), receiver, now)));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
