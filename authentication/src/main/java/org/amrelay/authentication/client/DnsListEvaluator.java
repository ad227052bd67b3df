// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.ReverseName;

/** Asks lists about a client, all at the same time (RFC 5782 §2.1, §2.4). Safe for several threads. */
public final class DnsListEvaluator {
    private final Dns dns;

    public DnsListEvaluator(Dns dns) {
        this.dns = dns;
    }

    /**
     * What the lists say together.
     *
     * @param score the weights of the lists that have the client
     * @param lists their zones
     */
    public record Standing(double score, List<String> lists) {
        public Standing {
            lists = List.copyOf(lists);
        }
    }

    /** The stage completes normally; a list that does not answer counts nothing. */
    public CompletionStage<Standing> evaluate(InetAddress client, List<DnsList> lists) {
        String reversed = ReverseName.reversed(client);
        List<CompletableFuture<DnsAnswer<InetAddress>>> answers = lists.stream()
                .map(list ->
                        dns.query(reversed + '.' + list.zone(), RecordType.A).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    double score = 0;
                    List<String> listed = new ArrayList<>();
                    for (int i = 0; i < lists.size(); i++) {
                        DnsList list = lists.get(i);
                        if (answers.get(i).join().records().stream().anyMatch(list::counts)) {
                            score += list.weight();
                            listed.add(list.zone());
                        }
                    }
                    return new Standing(score, listed);
                });
    }
}
