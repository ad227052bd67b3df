// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.mail.dns.RecordType;

/** Asks a mechanism's question (RFC 7208 §5). */
final class MechanismMatcher {
    static final String TOO_MANY_TERMS = "more than 10 terms ask the DNS";
    private static final String TOO_MANY_VOIDS = "more than 2 look-ups found nothing";
    private static final int MOST_EXCHANGERS = 10;

    private final InetAddress client;
    private final Lookups lookups;
    private final Function<String, CompletionStage<Outcome>> checkHost;

    MechanismMatcher(InetAddress client, Lookups lookups, Function<String, CompletionStage<Outcome>> checkHost) {
        this.client = client;
        this.lookups = lookups;
        this.checkHost = checkHost;
    }

    /** The text that has to be expanded before the question can be asked. */
    static Optional<MacroString> target(Mechanism mechanism) {
        if (mechanism instanceof Mechanism.Include include) {
            return Optional.of(include.target());
        } else if (mechanism instanceof Mechanism.Exists exists) {
            return Optional.of(exists.target());
        } else if (mechanism instanceof Mechanism.Addresses addresses) {
            return addresses.target();
        } else if (mechanism instanceof Mechanism.Exchangers exchangers) {
            return exchangers.target();
        } else if (mechanism instanceof Mechanism.Pointer pointer) {
            return pointer.target();
        }
        return Optional.empty();
    }

    CompletionStage<Match> match(Mechanism mechanism, MacroExpander macros) {
        if (mechanism instanceof Mechanism.All) {
            return done(Match.YES);
        } else if (mechanism instanceof Mechanism.Listed listed) {
            return done(Match.of(listed.network().contains(client)));
        } else if (!lookups.mayAskAgain()) {
            return done(Match.permanent(TOO_MANY_TERMS));
        }
        Optional<String> name = target(mechanism).map(macros::name).orElseGet(() -> Optional.of(macros.domain()));
        // RFC 7208 §4.8 leaves open what a name that cannot exist means; nothing can be found under it
        return name.map(n -> ask(mechanism, n)).orElseGet(() -> done(Match.NO));
    }

    private CompletionStage<Match> ask(Mechanism mechanism, String name) {
        if (mechanism instanceof Mechanism.Include) {
            return checkHost.apply(name).thenApply(MechanismMatcher::included);
        } else if (mechanism instanceof Mechanism.Addresses a) {
            return lookups.addresses(name).thenApply(answer -> found(answer, a.prefix4(), a.prefix6()));
        } else if (mechanism instanceof Mechanism.Exchangers mx) {
            return lookups.query(name, RecordType.MX).thenCompose(answer -> exchangers(mx, answer));
        } else if (mechanism instanceof Mechanism.Pointer) {
            return lookups.clientNames().thenApply(names -> pointer(names, name));
        }
        // Exists: an IPv4 address, whatever the client has (RFC 7208 §5.7)
        return lookups.query(name, RecordType.A).thenApply(answer -> {
            if (answer.isTemporary()) {
                return Match.temporary(answer.cause());
            }
            return answer.isFound() ? Match.YES : nothing();
        });
    }

    /** The table of RFC 7208 §5.2. */
    private static Match included(Outcome outcome) {
        return switch (outcome.status()) {
            case PASS -> Match.YES;
            case FAIL, SOFTFAIL, NEUTRAL -> Match.NO;
            case TEMPERROR -> Match.temporary(outcome.reason());
            case PERMERROR, NONE -> Match.permanent(outcome.reason());
        };
    }

    private Match found(DnsAnswer<InetAddress> answer, int prefix4, int prefix6) {
        if (answer.isTemporary()) {
            return Match.temporary(answer.cause());
        }
        return answer.isFound() ? Match.of(contains(answer.records(), prefix4, prefix6)) : nothing();
    }

    private boolean contains(List<InetAddress> addresses, int prefix4, int prefix6) {
        return addresses.stream()
                .map(InetAddress::getAddress)
                .anyMatch(a -> new IpNetwork(a, a.length == 4 ? prefix4 : prefix6).contains(client));
    }

    private CompletionStage<Match> exchangers(Mechanism.Exchangers mx, DnsAnswer<MxRecord> answer) {
        if (answer.isTemporary()) {
            return done(Match.temporary(answer.cause()));
        }
        if (!answer.isFound()) {
            return done(nothing());
        }
        if (answer.records().size() > MOST_EXCHANGERS) {
            return done(Match.permanent("more than 10 mail exchangers"));
        }
        List<CompletionStage<DnsAnswer<InetAddress>>> hosts = answer.records().stream()
                .map(MxRecord::host)
                .filter(host -> !host.isEmpty())
                .map(lookups::addresses)
                .toList();
        return Lookups.all(hosts).thenApply(answers -> {
            if (answers.stream().anyMatch(a -> contains(a.records(), mx.prefix4(), mx.prefix6()))) {
                return Match.YES;
            }
            Optional<DnsAnswer<InetAddress>> failure =
                    answers.stream().filter(DnsAnswer::isTemporary).findFirst();
            if (failure.isPresent()) {
                return Match.temporary(failure.get().cause());
            }
            return hosts.isEmpty() || answers.stream().anyMatch(DnsAnswer::isFound) ? Match.NO : nothing();
        });
    }

    private Match pointer(Lookups.ClientNames names, String domain) {
        return names.none()
                ? nothing()
                : Match.of(names.valid().stream().anyMatch(name -> Lookups.isWithin(name, domain)));
    }

    private Match nothing() {
        return lookups.mayFindNothingAgain() ? Match.NO : Match.permanent(TOO_MANY_VOIDS);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
