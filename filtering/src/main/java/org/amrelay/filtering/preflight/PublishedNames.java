// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.ReverseName;

/**
 * What the DNS lacks for the domains of a message and for the addresses that it leaves from.
 *
 * <p>All names are asked for at once. An answer that cannot be had says nothing: only what surely is not there is reported.
 */
final class PublishedNames {
    private static final int NAMES_OF_AN_ADDRESS = 5;

    private final Dns dns;

    PublishedNames(Dns dns) {
        this.dns = dns;
    }

    /**
     * What is missing; completes when the DNS port has answered, always normally.
     *
     * @param authorDomain of From; empty when there is none
     * @param envelopeDomain of the envelope sender; empty for the null sender
     * @param leavesFrom the addresses with which the relay connects to others
     */
    CompletionStage<List<Shortcoming>> missing(
            String authorDomain, String envelopeDomain, List<InetAddress> leavesFrom) {
        List<CompletableFuture<Optional<Shortcoming>>> asked = new ArrayList<>();
        if (!authorDomain.isEmpty()) {
            asked.add(dmarc(authorDomain));
            asked.add(answerable(authorDomain));
        }
        if (!envelopeDomain.isEmpty()) {
            asked.add(spf(envelopeDomain));
        }
        leavesFrom.forEach(address -> asked.add(reverse(address)));
        return CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> asked.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private CompletableFuture<Optional<Shortcoming>> dmarc(String domain) {
        return text("_dmarc." + domain, "v=dmarc1")
                .thenCombine(text("_dmarc." + RegisteredNames.of(domain), "v=dmarc1"), Answer::or)
                .thenApply(answer -> answer.asMissing(Requirement.DMARC_RECORD, domain + " has no DMARC record"));
    }

    private CompletableFuture<Optional<Shortcoming>> spf(String domain) {
        return text(domain, "v=spf1")
                .thenApply(answer -> answer.asMissing(Requirement.SPF_RECORD, domain + " has no SPF record"));
    }

    private CompletableFuture<Optional<Shortcoming>> answerable(String domain) {
        return exists(domain, RecordType.MX)
                .thenCombine(exists(domain, RecordType.A), Answer::or)
                .thenCombine(exists(domain, RecordType.AAAA), Answer::or)
                .thenApply(answer ->
                        answer.asMissing(Requirement.ANSWERABLE, domain + " has neither MX nor address records"));
    }

    private CompletableFuture<Optional<Shortcoming>> reverse(InetAddress address) {
        String text = address.getHostAddress() + " has no reverse name that leads back to it";
        return dns.query(ReverseName.of(address), RecordType.PTR)
                .thenCompose(names -> confirmed(names, address))
                .thenApply(answer -> answer.asMissing(Requirement.REVERSE_NAME, text))
                .toCompletableFuture();
    }

    private CompletionStage<Answer> confirmed(DnsAnswer<String> names, InetAddress address) {
        if (!names.isFound()) {
            return CompletableFuture.completedFuture(names.isTemporary() ? Answer.UNKNOWN : Answer.NO);
        }
        RecordType<InetAddress> type = address.getAddress().length == 4 ? RecordType.A : RecordType.AAAA;
        CompletionStage<Answer> any = CompletableFuture.completedFuture(Answer.NO);
        for (String name : names.records().stream().limit(NAMES_OF_AN_ADDRESS).toList()) {
            any = any.thenCombine(ask(name, type, address::equals), Answer::or);
        }
        return any;
    }

    private CompletableFuture<Answer> text(String name, String start) {
        return ask(
                name, RecordType.TXT, record -> record.toLowerCase(Locale.ROOT).startsWith(start));
    }

    private <T> CompletableFuture<Answer> exists(String name, RecordType<T> type) {
        return ask(name, type, record -> true);
    }

    private <T> CompletableFuture<Answer> ask(String name, RecordType<T> type, Predicate<T> fits) {
        return dns.query(name, type)
                .thenApply(answer -> answer.isTemporary()
                        ? Answer.UNKNOWN
                        : answer.records().stream().anyMatch(fits) ? Answer.YES : Answer.NO)
                .toCompletableFuture();
    }

    private enum Answer {
        YES,
        NO,
        UNKNOWN;

        Answer or(Answer other) {
            if (this == YES || other == YES) {
                return YES;
            }
            return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : NO;
        }

        Optional<Shortcoming> asMissing(Requirement requirement, String found) {
            return this == NO ? Optional.of(new Shortcoming(requirement, found)) : Optional.empty();
        }
    }
}
