// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.dane.DaneEvaluator;
import org.amrelay.delivery.dane.DaneResult;
import org.amrelay.delivery.mtasts.StsRecord;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlspolicy.DomainTls;
import org.amrelay.delivery.tlspolicy.TlsPolicySettings;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.mail.dns.RecordType;

/**
 * Says in a word which policy holds for the connections of a next hop, without connecting: by the exceptions of the
 * settings, the route, signed records of the best mail host (RFC 7672) and the record of an MTA-STS policy (RFC 8461).
 *
 * <p>Asks the DNS only; no policy is fetched. Where the DNS does not answer, the word is that of the settings. Safe for
 * several threads.
 */
public final class TlsForecast {
    private static final int SMTP = 25;
    private static final String DANE = "dane";

    private final Dns dns;
    private final DaneEvaluator dane;
    private final RoutedHosts routes;
    private final TlsPolicySettings settings;
    private final TlsPolicy usual;

    /** @param usual where neither a route nor an exception says anything */
    public TlsForecast(Dns dns, RouteBooks routes, TlsPolicySettings settings, TlsPolicy usual) {
        this.dns = dns;
        this.dane = new DaneEvaluator(dns);
        this.routes = new RoutedHosts(routes, usual, new Random(1));
        this.settings = settings;
        this.usual = usual;
    }

    /** Completes normally, with an empty text when the next hop leads nowhere. */
    public CompletionStage<String> of(NextHop hop) {
        if (hop instanceof FixedHost fixed) {
            return host(fixed.host(), fixed.port(), usual);
        } else if (hop instanceof ByRoute routed) {
            return byRoute(routes.find(routed));
        }
        return exchangers(((MailExchangersOf) hop).domain(), SMTP, usual);
    }

    private CompletionStage<String> byRoute(RoutedHosts.Found found) {
        if (found instanceof RoutedHosts.Found.Exchangers to) {
            return exchangers(to.domain(), to.port().orElse(SMTP), to.manner().tls());
        } else if (found instanceof RoutedHosts.Found.Hosts to) {
            PlannedHost first = to.hosts().get(0);
            return host(first.host(), first.port(), to.manner().tls())
                    .thenApply(word -> to.manner().options().implicitTls() ? word + " (implicit TLS)" : word);
        }
        return done("");
    }

    private static CompletionStage<String> done(String word) {
        return CompletableFuture.completedFuture(word);
    }

    /** A host that the settings name; MTA-STS is a matter of mail exchangers (RFC 8461 §2). */
    private CompletionStage<String> host(String host, int port, TlsPolicy ofRoute) {
        TlsPolicy policy = policy(host, ofRoute);
        return isFinal(policy) ? done(word(policy)) : byRecords(host, port, policy, () -> done(withoutRecords(policy)));
    }

    private TlsPolicy policy(String domain, TlsPolicy ofRoute) {
        return settings.exceptionFor(domain).map(DomainTls::policy).orElse(ofRoute);
    }

    private static boolean isFinal(TlsPolicy policy) {
        return switch (policy) {
            case NONE, VERIFIED, FINGERPRINT -> true;
            case OPPORTUNISTIC, REQUIRED, DANE -> false;
        };
    }

    private static String word(TlsPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    private static String withoutRecords(TlsPolicy policy) {
        return policy == TlsPolicy.DANE ? "dane (no signed record, no delivery)" : word(policy);
    }

    private CompletionStage<String> exchangers(String name, int port, TlsPolicy ofRoute) {
        Optional<String> domain = InternationalDomain.toAscii(name);
        if (domain.isEmpty() || name.startsWith("[")) {
            return host(name, port, ofRoute);
        }
        TlsPolicy policy = policy(domain.get(), ofRoute);
        return isFinal(policy)
                ? done(word(policy))
                : dns.mx(domain.get()).thenCompose(answer -> byMx(domain.get(), answer, port, policy));
    }

    private CompletionStage<String> byMx(String domain, DnsAnswer<MxRecord> answer, int port, TlsPolicy policy) {
        if (answer.isTemporary()) {
            return done(word(policy));
        }
        List<MxRecord> records = answer.isFound() ? answer.records() : List.of(new MxRecord(0, domain));
        Optional<String> best = records.stream()
                .filter(record -> !record.isNull())
                .min(Comparator.comparing(MxRecord::preference).thenComparing(MxRecord::host))
                .map(MxRecord::host);
        return best.isPresent() && answer.authentic()
                ? byRecords(best.get(), port, policy, () -> bySts(domain, policy))
                : bySts(domain, policy);
    }

    /** What holds for a host whose name is certain, and where it has no signed records, what comes after them. */
    private CompletionStage<String> byRecords(String host, int port, TlsPolicy policy, Otherwise otherwise) {
        boolean honoured = settings.dane() || policy == TlsPolicy.DANE;
        if (!honoured || host.indexOf('.') < 0 || Network.literal(host).isPresent() || host.startsWith("[")) {
            return otherwise.asked();
        }
        return dns.ipv4(host)
                .thenCombine(dns.ipv6(host), (four, six) -> four.authentic() && six.authentic())
                .thenCompose(secure -> dane.evaluate(host, port, secure))
                .thenCompose(result -> byResult(result, policy, otherwise));
    }

    @FunctionalInterface
    private interface Otherwise {
        CompletionStage<String> asked();
    }

    private static CompletionStage<String> byResult(DaneResult result, TlsPolicy policy, Otherwise otherwise) {
        if (result instanceof DaneResult.Usable) {
            return done(DANE);
        } else if (result instanceof DaneResult.Unsure) {
            return done("dane (the DNS does not say, no delivery now)");
        } else if (result instanceof DaneResult.Unusable && policy != TlsPolicy.DANE) {
            return done("required (dane without a usable record)");
        }
        return otherwise.asked();
    }

    private CompletionStage<String> bySts(String domain, TlsPolicy policy) {
        if (!settings.mtaSts() || policy == TlsPolicy.DANE) {
            return done(withoutRecords(policy));
        }
        return dns.query("_mta-sts." + domain, RecordType.TXT)
                .thenApply(answer ->
                        StsRecord.among(answer.records()).isPresent() ? "mta-sts (policy not fetched)" : word(policy));
    }
}
