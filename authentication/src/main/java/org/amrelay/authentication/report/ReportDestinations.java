// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.amrelay.authentication.dmarc.OrganizationalDomains;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/**
 * Finds out who may be sent reports about a domain; others must have agreed in the DNS (RFC 9990 §3).
 *
 * <p>Safe for several threads.
 */
public final class ReportDestinations {
    private static final int MOST = 5;

    private final Dns dns;

    public ReportDestinations(Dns dns) {
        this.dns = dns;
    }

    /**
     * What was found.
     *
     * @param agreed addresses that get the report
     * @param isComplete false when the DNS could not say whether there are more; asking later may tell
     */
    public record Found(List<EmailAddress> agreed, boolean isComplete) {
        public Found {
            agreed = List.copyOf(agreed);
        }
    }

    /** The answer for one address. */
    private record Answer(List<EmailAddress> agreed, boolean isTemporary) {
        private static final Answer NO = new Answer(List.of(), false);
    }

    /**
     * Looks; the stage completes normally.
     *
     * @param domain the policy domain
     * @param destinations as in {@code rua=}, spaces between
     */
    public CompletionStage<Found> find(String domain, String destinations) {
        List<CompletableFuture<Answer>> answers = Stream.of(destinations.split(" ", -1))
                .map(ReportDestinations::address)
                .flatMap(Optional::stream)
                .distinct()
                .limit(MOST)
                .map(address -> check(domain, address).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    List<Answer> all =
                            answers.stream().map(CompletableFuture::join).toList();
                    return new Found(
                            all.stream()
                                    .flatMap(answer -> answer.agreed().stream())
                                    .distinct()
                                    .toList(),
                            all.stream().noneMatch(Answer::isTemporary));
                });
    }

    private static Optional<EmailAddress> address(String uri) {
        try {
            URI parsed = new URI(uri);
            String text = parsed.getSchemeSpecificPart();
            if (!"mailto".equalsIgnoreCase(parsed.getScheme()) || text == null || text.indexOf('?') >= 0) {
                return Optional.empty();
            }
            EmailAddress address = EmailAddress.of(text);
            boolean isPlain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>');
            return isPlain && DomainNames.canonical(address.domain()).isPresent()
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private CompletionStage<Answer> check(String domain, EmailAddress address) {
        String host = address.domain().toLowerCase(Locale.ROOT);
        OrganizationalDomains organizations = new OrganizationalDomains(dns);
        return organizations.areSame(domain, host).thenCompose(same -> {
            if (same.isEmpty()) {
                return CompletableFuture.completedFuture(new Answer(List.of(), true));
            }
            return same.get()
                    ? CompletableFuture.completedFuture(new Answer(List.of(address), false))
                    : dns.query(domain + "._report._dmarc." + host, RecordType.TXT)
                            .thenApply(answer -> agreement(address, host, answer));
        });
    }

    private static Answer agreement(EmailAddress address, String host, DnsAnswer<String> answer) {
        if (answer.isTemporary()) {
            return new Answer(List.of(), true);
        }
        List<String> records =
                answer.records().stream().filter(ReportDestinations::isOfDmarc).toList();
        if (records.isEmpty()) {
            return Answer.NO;
        }
        List<EmailAddress> instead = new ArrayList<>();
        for (String record : records) {
            for (String tag : record.split(";", -1)) {
                int equals = tag.indexOf('=');
                if (equals > 0 && tag.substring(0, equals).strip().equalsIgnoreCase("rua")) {
                    Stream.of(tag.substring(equals + 1).split(",", MOST))
                            .map(uri -> address(uri.strip()))
                            .flatMap(Optional::stream)
                            .forEach(instead::add);
                }
            }
        }
        // An address elsewhere would send reports in circles: then there is none at all (RFC 9990 §3, step 9)
        boolean isElsewhere = instead.stream().anyMatch(each -> !each.domain().equalsIgnoreCase(host));
        return isElsewhere ? Answer.NO : new Answer(instead.isEmpty() ? List.of(address) : instead, false);
    }

    private static boolean isOfDmarc(String record) {
        String first = record.split(";", 2)[0].replace(" ", "");
        return first.equals("v=DMARC1");
    }
}
