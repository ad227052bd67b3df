// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.dane.DaneResult.NotApplicable;
import org.amrelay.delivery.dane.DaneResult.Unsure;
import org.amrelay.delivery.dane.DaneResult.Unusable;
import org.amrelay.delivery.dane.DaneResult.Usable;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.TlsaRecord;

/**
 * Finds the records of a host whose name is known for certain: from a signed MX record, or from the settings.
 *
 * <p>Safe for several threads.
 */
public final class DaneEvaluator {
    private static final int MOST_ALIASES = 10;

    private final Dns dns;

    public DaneEvaluator(Dns dns) {
        this.dns = dns;
    }

    /**
     * Looks for records.
     *
     * @param host without address literals
     * @param addressesAreSecure whether its address records, aliases included, were validated
     */
    public CompletionStage<DaneResult> evaluate(String host, int port, boolean addressesAreSecure) {
        return addressesAreSecure
                ? expanded(host, 0)
                        .thenCompose(end -> end.isTemporary()
                                ? done(new Unsure("alias of " + host + ": " + end.cause()))
                                : byCandidates(candidates(host, end.records().get(0)), 0, port))
                : behindInsecureAddresses(host, port);
    }

    /**
     * Without signed addresses no look-up, which protects from servers that fail on TLSA; but a signed alias that leads
     * into an unsigned zone still counts by its own name (RFC 7672 §2.2.2).
     */
    private CompletionStage<DaneResult> behindInsecureAddresses(String host, int port) {
        return dns.query(host, RecordType.CNAME).thenCompose(alias -> {
            if (alias.isTemporary()) {
                return done(new Unsure("alias of " + host + ": " + alias.cause()));
            }
            return alias.isFound() && alias.authentic()
                    ? byCandidates(List.of(host), 0, port)
                    : done(new NotApplicable("the addresses of " + host + " are not signed"));
        });
    }

    private static List<String> candidates(String host, String end) {
        List<String> candidates = new ArrayList<>();
        // The end of the aliases first (RFC 7672 §2.2.3)
        if (!end.equals(host)) {
            candidates.add(end);
        }
        candidates.add(host);
        return candidates;
    }

    /** The name at the end of the aliases; a failed look-up stays one, lest somebody hide an alias. */
    private CompletionStage<DnsAnswer<String>> expanded(String name, int aliases) {
        return dns.query(name, RecordType.CNAME).thenCompose(answer -> {
            if (answer.isTemporary()) {
                return CompletableFuture.completedFuture(answer);
            }
            return answer.isFound() && answer.authentic() && aliases < MOST_ALIASES
                    ? expanded(answer.records().get(0), aliases + 1)
                    : CompletableFuture.completedFuture(DnsAnswer.of(List.of(name), true, Duration.ZERO));
        });
    }

    private CompletionStage<DaneResult> byCandidates(List<String> candidates, int index, int port) {
        if (index == candidates.size()) {
            return done(new NotApplicable("no signed TLSA record for " + candidates.get(index - 1)));
        }
        String base = candidates.get(index);
        return dns.query("_" + port + "._tcp." + base, RecordType.TLSA).thenCompose(answer -> {
            if (answer.isTemporary()) {
                return done(new Unsure("TLSA records of " + base + ": " + answer.cause()));
            }
            return answer.isFound() && answer.authentic()
                    ? done(found(base, answer))
                    : byCandidates(candidates, index + 1, port);
        });
    }

    private static DaneResult found(String base, DnsAnswer<TlsaRecord> answer) {
        List<TlsaRecord> usable = UsableRecords.of(answer.records());
        return usable.isEmpty() ? new Unusable(base, answer.records()) : new Usable(base, usable);
    }

    private static CompletionStage<DaneResult> done(DaneResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
