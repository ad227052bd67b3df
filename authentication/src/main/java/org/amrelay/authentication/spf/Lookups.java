// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.ReverseName;

/** The DNS as one evaluation may use it: counted, limited, with names escaped (RFC 7208 §4.6.4). */
final class Lookups {
    private static final int MOST_TERMS = 10;
    private static final int MOST_VOID = 2;
    /** Of names behind an address; the others are ignored. */
    private static final int MOST_POINTERS = 10;

    /**
     * Names of the client.
     *
     * @param valid lead back to the client, so that its owner cannot make them up
     * @param none whether the reverse zone knows no name at all
     */
    record ClientNames(List<String> valid, boolean none) {}

    private final Dns dns;
    private final InetAddress client;
    private final AtomicInteger terms = new AtomicInteger();
    private final AtomicInteger voids = new AtomicInteger();
    private final CompletableFuture<ClientNames> clientNames = new CompletableFuture<>();
    private final AtomicInteger pointerAsked = new AtomicInteger();

    Lookups(Dns dns, InetAddress client) {
        this.dns = dns;
        this.client = client;
    }

    /** Counts a term that asks the DNS; false when it is one too many. */
    boolean mayAskAgain() {
        return terms.incrementAndGet() <= MOST_TERMS;
    }

    /** Counts a term that found nothing; false when it is one too many. */
    boolean mayFindNothingAgain() {
        return voids.incrementAndGet() <= MOST_VOID;
    }

    <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
        return dns.query(name.replace("\\", "\\\\"), type);
    }

    /** Addresses of the client's family. */
    CompletionStage<DnsAnswer<InetAddress>> addresses(String name) {
        return query(name, client instanceof Inet4Address ? RecordType.A : RecordType.AAAA);
    }

    /** Names of the client that lead back to it (RFC 7208 §5.5), asked once; errors on the way leave names out. */
    CompletionStage<ClientNames> clientNames() {
        if (pointerAsked.getAndIncrement() == 0) {
            dns.query(ReverseName.of(client), RecordType.PTR)
                    .thenCompose(this::validated)
                    .thenAccept(clientNames::complete);
        }
        return clientNames;
    }

    private CompletionStage<ClientNames> validated(DnsAnswer<String> pointers) {
        List<String> names = pointers.records().stream().limit(MOST_POINTERS).toList();
        return all(names.stream().map(this::addresses).toList()).thenApply(answers -> {
            List<String> valid = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (answers.get(i).records().contains(client)) {
                    valid.add(names.get(i));
                }
            }
            return new ClientNames(valid, !pointers.isFound() && !pointers.isTemporary());
        });
    }

    /** The answers in the order of the questions, which run side by side. */
    static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletableFuture<?>[] futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(futures)
                .thenApply(done ->
                        stages.stream().map(s -> s.toCompletableFuture().join()).toList());
    }

    /** The name that macro {@code p} shows: the domain itself, else one below it, else any (RFC 7208 §7.3). */
    static String preferred(List<String> names, String domain) {
        return names.stream()
                .filter(n -> n.equalsIgnoreCase(domain))
                .findFirst()
                .or(() -> names.stream().filter(n -> isWithin(n, domain)).findFirst())
                .or(() -> names.stream().findFirst())
                .orElse("unknown");
    }

    /** Whether a name is the domain or below it. */
    static boolean isWithin(String name, String domain) {
        String lower = name.toLowerCase(Locale.ROOT);
        String zone = domain.toLowerCase(Locale.ROOT);
        return lower.equals(zone) || lower.endsWith('.' + zone);
    }
}
