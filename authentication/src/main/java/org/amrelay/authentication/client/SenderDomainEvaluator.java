// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.client;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.amrelay.mail.dns.MxRecord;

/** Answers whether mail can be sent back to the domain of a sender (RFC 5321 §5.1, RFC 7505). Safe for several threads. */
public final class SenderDomainEvaluator {
    private final Dns dns;

    public SenderDomainEvaluator(Dns dns) {
        this.dns = dns;
    }

    /** What the DNS says of the domain. */
    public enum Finding {
        /** Mail can be sent there, or the DNS did not say that it cannot. */
        REACHABLE,
        /** It takes no mail, and says so (RFC 7505 §3). */
        NULL_MX,
        /** There is neither an exchanger nor an address. */
        UNREACHABLE
    }

    /** The stage completes normally. */
    public CompletionStage<Finding> evaluate(String domain) {
        if (domain.startsWith("[")) {
            return CompletableFuture.completedFuture(Finding.REACHABLE);
        }
        CompletableFuture<DnsAnswer<InetAddress>> four = dns.ipv4(domain).toCompletableFuture();
        CompletableFuture<DnsAnswer<InetAddress>> six = dns.ipv6(domain).toCompletableFuture();
        return dns.mx(domain).thenCombine(four.thenCombine(six, SenderDomainEvaluator::isNowhere), this::decide);
    }

    private static boolean isNowhere(DnsAnswer<InetAddress> four, DnsAnswer<InetAddress> six) {
        return isNone(four) && isNone(six);
    }

    private static boolean isNone(DnsAnswer<?> answer) {
        return answer.status() == Status.NO_SUCH_NAME || answer.status() == Status.NO_DATA;
    }

    private Finding decide(DnsAnswer<MxRecord> exchangers, boolean nowhere) {
        if (exchangers.isFound()) {
            return exchangers.records().stream().allMatch(MxRecord::isNull) ? Finding.NULL_MX : Finding.REACHABLE;
        }
        return isNone(exchangers) && nowhere ? Finding.UNREACHABLE : Finding.REACHABLE;
    }
}
