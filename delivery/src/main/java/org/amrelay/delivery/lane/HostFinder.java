// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
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
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.Fingerprints;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.TlsRequirement;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.delivery.tlspolicy.Destination;
import org.amrelay.delivery.tlspolicy.DestinationTls;
import org.amrelay.delivery.tlspolicy.TlsAdviser;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.mail.reply.Reply;

/**
 * Finds the hosts of a next hop: MX in order of preference, by chance among equals, or the domain itself when it has
 * none (RFC 5321 §5.1); null MX (RFC 7505); address literals; fixed hosts; what a route says at this moment.
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
    private final Manner usual;
    private final RoutedHosts routes;
    private final TlsAdviser adviser;
    private final TlsWaiver waiver;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Executor executor;

    HostFinder(
            Dns dns,
            DeliverySettings settings,
            RouteBooks routes,
            TlsAdviser adviser,
            TlsWaiver waiver,
            RandomGenerator random,
            InstantSource clock,
            Executor executor) {
        this.dns = dns;
        this.self = settings.self();
        this.mxPort = settings.mxPort();
        this.usual = Manner.usual(settings.tls());
        this.routes = new RoutedHosts(routes, settings.tls(), random);
        this.adviser = adviser;
        this.waiver = waiver;
        this.clock = clock;
        this.random = random;
        this.executor = executor;
    }

    CompletionStage<Found> find(NextHop nextHop, Predicate<InetSocketAddress> putAside) {
        if (nextHop instanceof FixedHost fixed) {
            return found(List.of(new PlannedHost(fixed.host(), fixed.port())), usual, putAside);
        } else if (nextHop instanceof ByRoute routed) {
            return byRoute(routes.find(routed), putAside);
        }
        return exchangers(((MailExchangersOf) nextHop).domain(), mxPort, usual, putAside);
    }

    private CompletionStage<Found> byRoute(RoutedHosts.Found found, Predicate<InetSocketAddress> putAside) {
        if (found instanceof RoutedHosts.Found.Exchangers to) {
            return exchangers(to.domain(), to.port().orElse(mxPort), to.manner(), putAside);
        } else if (found instanceof RoutedHosts.Found.Hosts to) {
            return found(to.hosts(), to.manner(), putAside);
        }
        return done(Found.failed(((RoutedHosts.Found.Nothing) found).reply()));
    }

    private CompletionStage<Found> exchangers(
            String domain, int port, Manner manner, Predicate<InetSocketAddress> putAside) {
        if (domain.startsWith("[")) {
            List<List<PlannedHost>> literal = List.of(List.of(new PlannedHost(domain, port)));
            return advised(
                    Destination.host(domain, manner.tls()).with(manner.fingerprints()), literal, manner, putAside);
        }
        Optional<String> ascii = toAscii(domain);
        if (ascii.isEmpty()) {
            return done(Found.failed(Reply.of(550, "5.1.2", domain + " is no domain name")));
        }
        return dns.mx(ascii.get())
                .thenComposeAsync(answer -> byMx(ascii.get(), answer, port, manner, putAside), executor);
    }

    private static CompletionStage<Found> done(Found found) {
        return CompletableFuture.completedFuture(found);
    }

    /** Hosts that the configuration names, each on its own: they are tried strictly in this order. */
    private CompletionStage<Found> found(
            List<PlannedHost> hosts, Manner manner, Predicate<InetSocketAddress> putAside) {
        List<List<PlannedHost>> groups = hosts.stream().map(List::of).toList();
        DestinationTls each = (host, port, secure) -> adviser.advise(
                        Destination.host(host, manner.tls()).with(manner.fingerprints()))
                .thenCompose(advice -> advice.of(host, port, secure));
        return done(found(new HostPlan(this, groups, manner, each, true, putAside)));
    }

    private CompletionStage<Found> advised(
            Destination destination,
            List<List<PlannedHost>> groups,
            Manner manner,
            Predicate<InetSocketAddress> putAside) {
        // For the recipients' domain, before its hosts are resolved: the policy is the domain's, not the provider's
        return adviser.advise(destination)
                .handleAsync(
                        (advice, error) -> error == null
                                ? found(new HostPlan(this, groups, manner, advice, false, putAside))
                                : Found.failed(Reply.of(451, "4.3.5", "the TLS policy is not known: " + error)),
                        executor);
    }

    private static Found found(HostPlan plan) {
        return new Found(Optional.of(plan), Reply.of(451, "4.4.4", "no host could be reached"));
    }

    private static Optional<String> toAscii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CompletionStage<Found> byMx(
            String domain, DnsAnswer<MxRecord> answer, int port, Manner manner, Predicate<InetSocketAddress> putAside) {
        return switch (answer.status()) {
            case SERVER_FAILURE, TIME_OUT ->
                done(Found.failed(Reply.of(451, "4.4.3", "mail exchangers of " + domain + ": " + answer.cause())));
            case NO_SUCH_NAME -> done(Found.failed(Reply.of(550, "5.1.2", "the domain " + domain + " does not exist")));
            case NO_DATA ->
                byRecords(
                        exchangersOf(domain, answer, manner), List.of(new MxRecord(0, domain)), port, manner, putAside);
            case RECORDS -> byRecords(exchangersOf(domain, answer, manner), answer.records(), port, manner, putAside);
        };
    }

    private static Destination exchangersOf(String domain, DnsAnswer<MxRecord> answer, Manner manner) {
        return Destination.exchangersOf(domain, answer.authentic(), manner.tls())
                .with(manner.fingerprints());
    }

    private CompletionStage<Found> byRecords(
            Destination destination,
            List<MxRecord> records,
            int port,
            Manner manner,
            Predicate<InetSocketAddress> putAside) {
        String domain = destination.domain();
        Map<Integer, List<PlannedHost>> byPreference = new TreeMap<>();
        int lowestOwn = Integer.MAX_VALUE;
        int hosts = 0;
        for (MxRecord record : records) {
            if (self.isHost(record.host())) {
                lowestOwn = Math.min(lowestOwn, record.preference());
            }
            if (!record.isNull() && ++hosts <= MOST_HOSTS) {
                byPreference
                        .computeIfAbsent(record.preference(), p -> new ArrayList<>())
                        .add(new PlannedHost(record.host(), port));
            }
        }
        if (hosts == 0) {
            return done(Found.failed(Reply.of(556, "5.1.10", "the domain " + domain + " takes no mail (null MX)")));
        }
        List<List<PlannedHost>> groups = new ArrayList<>();
        for (Map.Entry<Integer, List<PlannedHost>> entry : byPreference.entrySet()) {
            // We are one of the exchangers: only better ones may get the mail, or it would go round
            if (entry.getKey() < lowestOwn) {
                shuffle(entry.getValue());
                groups.add(entry.getValue());
            }
        }
        return groups.isEmpty()
                ? done(Found.failed(Reply.of(554, "5.4.6", "mail for " + domain + " would come back to this relay")))
                : advised(destination, groups, manner, putAside);
    }

    private void shuffle(List<PlannedHost> hosts) {
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

    RandomGenerator random() {
        return random;
    }

    /** The routes in force. */
    RouteBook routes() {
        return routes.book();
    }

    Executor executor() {
        return executor;
    }

    /** A route that names authorities of its own wants its hosts judged by them. */
    TlsRequirement judgedBy(Manner manner, String host, TlsRequirement wanted) {
        List<X509Certificate> trust =
                manner.options().tls().map(ClientTls::trust).orElse(List.of());
        return trust.isEmpty() || manner.tls() != TlsPolicy.VERIFIED || wanted.check() instanceof Fingerprints
                ? wanted
                : wanted.withCheck(new WebPki(trust, clock).forNames(List.of(host)));
    }

    TlsWaiver waiver() {
        return waiver;
    }

    boolean isSelf(String host, InetSocketAddress address) {
        return self.isAddress(address);
    }
}
