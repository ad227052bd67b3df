// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlspolicy.Destination;
import org.amrelay.delivery.tlspolicy.TlsAdviser;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.mail.reply.Reply;

/**
 * Finds the hosts of a next hop: MX in order of preference, by chance among equals, or the domain itself when it has
 * none (RFC 5321 §5.1); null MX (RFC 7505); address literals; fixed hosts.
 *
 * <p>Nothing is final but what DNS said for certain. A fixed host that cannot be found is a mistake of ours and never
 * final. Stages complete on the given executor.
 */
final class HostFinder {
    private static final int MOST_HOSTS = 50;

    /** A plan, or the reply that tells why there is none. */
    record Found(Optional<HostPlan> plan, Reply failure) {
        static Found failed(Reply reply) {
            return new Found(Optional.empty(), reply);
        }
    }

    private final Dns dns;
    private final OwnIdentity self;
    private final int mxPort;
    private final TlsPolicy tls;
    private final TlsAdviser adviser;
    private final TlsWaiver waiver;
    private final RandomGenerator random;
    private final Executor executor;

    HostFinder(
            Dns dns,
            DeliverySettings settings,
            TlsAdviser adviser,
            TlsWaiver waiver,
            RandomGenerator random,
            Executor executor) {
        this.dns = dns;
        this.self = settings.self();
        this.mxPort = settings.mxPort();
        this.tls = settings.tls();
        this.adviser = adviser;
        this.waiver = waiver;
        this.random = random;
        this.executor = executor;
    }

    CompletionStage<Found> find(NextHop nextHop, Predicate<InetSocketAddress> putAside) {
        if (nextHop instanceof FixedHost fixed) {
            List<List<String>> hosts = List.of(List.of(fixed.host()));
            return found(Destination.host(fixed.host(), tls), hosts, fixed.port(), putAside);
        }
        String domain = ((MailExchangersOf) nextHop).domain();
        if (domain.startsWith("[")) {
            return found(Destination.host(domain, tls), List.of(List.of(domain)), mxPort, putAside);
        }
        Optional<String> ascii = toAscii(domain);
        if (ascii.isEmpty()) {
            return done(Found.failed(Reply.of(550, "5.1.2", domain + " is no domain name")));
        }
        return dns.mx(ascii.get()).thenComposeAsync(answer -> byMx(ascii.get(), answer, putAside), executor);
    }

    private static CompletionStage<Found> done(Found found) {
        return CompletableFuture.completedFuture(found);
    }

    private CompletionStage<Found> found(
            Destination destination, List<List<String>> groups, int port, Predicate<InetSocketAddress> putAside) {
        // For the recipients' domain, before its hosts are resolved: the policy is the domain's, not the provider's
        return adviser.advise(destination)
                .handleAsync(
                        (advice, error) -> {
                            if (error != null) {
                                return Found.failed(Reply.of(451, "4.3.5", "the TLS policy is not known: " + error));
                            }
                            HostPlan plan = new HostPlan(this, groups, port, advice, putAside);
                            return new Found(Optional.of(plan), Reply.of(451, "4.4.4", "no host could be reached"));
                        },
                        executor);
    }

    private static Optional<String> toAscii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CompletionStage<Found> byMx(
            String domain, DnsAnswer<MxRecord> answer, Predicate<InetSocketAddress> putAside) {
        return switch (answer.status()) {
            case SERVER_FAILURE, TIME_OUT ->
                done(Found.failed(Reply.of(451, "4.4.3", "mail exchangers of " + domain + ": " + answer.cause())));
            case NO_SUCH_NAME -> done(Found.failed(Reply.of(550, "5.1.2", "the domain " + domain + " does not exist")));
            case NO_DATA -> byRecords(domain, List.of(new MxRecord(0, domain)), answer.authentic(), putAside);
            case RECORDS -> byRecords(domain, answer.records(), answer.authentic(), putAside);
        };
    }

    private CompletionStage<Found> byRecords(
            String domain, List<MxRecord> records, boolean validated, Predicate<InetSocketAddress> putAside) {
        Map<Integer, List<String>> byPreference = new TreeMap<>();
        int lowestOwn = Integer.MAX_VALUE;
        int hosts = 0;
        for (MxRecord record : records) {
            if (self.isHost(record.host())) {
                lowestOwn = Math.min(lowestOwn, record.preference());
            }
            if (!record.isNull() && ++hosts <= MOST_HOSTS) {
                byPreference
                        .computeIfAbsent(record.preference(), p -> new ArrayList<>())
                        .add(record.host());
            }
        }
        if (hosts == 0) {
            return done(Found.failed(Reply.of(556, "5.1.10", "the domain " + domain + " takes no mail (null MX)")));
        }
        List<List<String>> groups = new ArrayList<>();
        for (Map.Entry<Integer, List<String>> entry : byPreference.entrySet()) {
            // We are one of the exchangers: only better ones may get the mail, or it would go round
            if (entry.getKey() < lowestOwn) {
                shuffle(entry.getValue());
                groups.add(entry.getValue());
            }
        }
        return groups.isEmpty()
                ? done(Found.failed(Reply.of(554, "5.4.6", "mail for " + domain + " would come back to this relay")))
                : found(Destination.exchangersOf(domain, validated, tls), groups, mxPort, putAside);
    }

    private void shuffle(List<String> hosts) {
        for (int i = hosts.size() - 1; i > 0; i--) {
            Collections.swap(hosts, i, random.nextInt(i + 1));
        }
    }

    /** IPv4 addresses first, then IPv6; a literal is its own address. */
    CompletionStage<DnsAnswer<InetAddress>> addresses(String host) {
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(DnsAnswer.of(List.of(literal.get()), false, Duration.ZERO));
        }
        return dns.ipv4(host).thenCombineAsync(dns.ipv6(host), HostFinder::both, executor);
    }

    private static DnsAnswer<InetAddress> both(DnsAnswer<InetAddress> v4, DnsAnswer<InetAddress> v6) {
        if (v4.isFound() || v6.isFound()) {
            List<InetAddress> all = new ArrayList<>(v4.records());
            all.addAll(v6.records());
            // A look-up that was made to fail must not make the other one less safe
            boolean authentic = (v4.isTemporary() || v4.authentic()) && (v6.isTemporary() || v6.authentic());
            return DnsAnswer.of(all, authentic, Duration.ZERO);
        }
        return v4.isTemporary() ? v4 : v6.isTemporary() ? v6 : DnsAnswer.none(Status.NO_DATA, false, Duration.ZERO);
    }

    private static Optional<InetAddress> literal(String host) {
        String text = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String address = text.toLowerCase(Locale.ROOT).startsWith("ipv6:") ? text.substring(5) : text;
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(address));
    }

    Executor executor() {
        return executor;
    }

    TlsWaiver waiver() {
        return waiver;
    }

    boolean isSelf(String host, InetSocketAddress address) {
        return self.isAddress(address);
    }
}
