// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.IDN;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;
import org.amrelay.delivery.route.Route;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteTarget.ToExchangers;
import org.amrelay.delivery.shaping.SiteNames;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.MxRecord;

/**
 * Finds the site of a next hop by its mail exchangers; remembers what it found.
 *
 * <p>The look-up is the one that the attempt makes anyway, a moment earlier, so its answer comes from the resolver's cache
 * then. A domain whose exchangers are not known now is its own site until the next look. For the engine's thread; {@link #known}
 * may be asked by any.
 */
final class SiteFinder {
    private static final int MOST_REMEMBERED = 100_000;

    /** @param certain whether DNS has said so */
    record FoundSite(String name, boolean certain) {}

    private final Dns dns;
    private final RouteBooks routes;
    private final SiteNames names;
    private final Executor executor;
    private final Map<NextHop, String> found = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NextHop, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    SiteFinder(Dns dns, RouteBooks routes, SiteNames names, Executor executor) {
        this.dns = dns;
        this.routes = routes;
        this.names = names;
        this.executor = executor;
    }

    /** Completes on the engine's thread. */
    CompletionStage<FoundSite> find(NextHop nextHop) {
        Optional<String> domain = domainByMx(nextHop);
        Optional<String> named = named(nextHop);
        if (named.isPresent() || domain.isEmpty()) {
            return CompletableFuture.completedFuture(
                    remember(nextHop, new FoundSite(named.orElseGet(nextHop::toString), true)));
        }
        return dns.mx(domain.get()).thenApplyAsync(answer -> remember(nextHop, byMx(domain.get(), answer)), executor);
    }

    /** What was found last, or what a rule names outright. */
    Optional<String> known(NextHop nextHop) {
        return Optional.ofNullable(found.get(nextHop)).or(() -> named(nextHop));
    }

    private Optional<String> named(NextHop nextHop) {
        return names.named(nextHop.toString()).or(() -> domainByMx(nextHop).flatMap(names::named));
    }

    private FoundSite remember(NextHop nextHop, FoundSite site) {
        found.put(nextHop, site.name());
        return site;
    }

    /** The domain whose exchangers a next hop means; empty when it means none. */
    private Optional<String> domainByMx(NextHop nextHop) {
        if (nextHop instanceof ByRoute routed) {
            return routes.current()
                    .named(routed.route())
                    .map(Route::target)
                    .filter(ToExchangers.class::isInstance)
                    .map(target -> ((ToExchangers) target).domain().orElse(routed.towards()))
                    .flatMap(SiteFinder::ascii);
        }
        return nextHop instanceof MailExchangersOf mx ? ascii(mx.domain()) : Optional.empty();
    }

    private static Optional<String> ascii(String domain) {
        try {
            return domain.startsWith("[") || domain.isEmpty()
                    ? Optional.empty()
                    : Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private FoundSite byMx(String domain, DnsAnswer<MxRecord> answer) {
        int best = answer.records().stream()
                .filter(record -> !record.isNull())
                .mapToInt(MxRecord::preference)
                .min()
                .orElse(-1);
        List<String> hosts = new ArrayList<>();
        for (MxRecord record : answer.records()) {
            if (!record.isNull() && record.preference() == best) {
                hosts.add(record.host());
            }
        }
        return new FoundSite(names.of(hosts.isEmpty() ? List.of(domain) : hosts), !answer.isTemporary());
    }
}
