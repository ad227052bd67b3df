// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.iprev;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.iprev.IprevResult.Status;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.ReverseName;

/**
 * Follows the names of a client (RFC 8601 §3).
 *
 * <p>Stages complete normally. Safe for several threads.
 */
public final class IprevEvaluator {
    private static final int MOST_NAMES = 10;

    private final Dns dns;

    public IprevEvaluator(Dns dns) {
        this.dns = dns;
    }

    public CompletionStage<IprevResult> evaluate(InetAddress client) {
        return dns.query(ReverseName.of(client), RecordType.PTR).thenCompose(pointers -> {
            if (pointers.isTemporary()) {
                return done(new IprevResult(Status.TEMPERROR, client, "", pointers.cause()));
            }
            if (!pointers.isFound()) {
                return done(new IprevResult(Status.PERMERROR, client, "", "no name"));
            }
            return follow(client, pointers.records().stream().limit(MOST_NAMES).toList());
        });
    }

    private CompletionStage<IprevResult> follow(InetAddress client, List<String> names) {
        RecordType<InetAddress> type = client instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
        List<CompletableFuture<DnsAnswer<InetAddress>>> answers = names.stream()
                .map(name -> dns.query(name, type).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> decide(
                        client,
                        names,
                        answers.stream().map(CompletableFuture::join).toList()));
    }

    private static IprevResult decide(InetAddress client, List<String> names, List<DnsAnswer<InetAddress>> answers) {
        for (int i = 0; i < names.size(); i++) {
            if (answers.get(i).records().contains(client)) {
                return new IprevResult(Status.PASS, client, names.get(i), "");
            }
        }
        return answers.stream()
                .filter(DnsAnswer::isTemporary)
                .findFirst()
                .map(failure -> new IprevResult(Status.TEMPERROR, client, names.get(0), failure.cause()))
                .orElseGet(() -> new IprevResult(Status.FAIL, client, names.get(0), "no name leads back"));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
