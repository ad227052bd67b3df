// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.IDN;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.dane.DaneEvaluator;
import org.amrelay.delivery.mtasts.HttpsPolicyFetcher;
import org.amrelay.delivery.mtasts.StsEvaluator;
import org.amrelay.delivery.mtasts.StsPolicyStore;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsRequirement;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.delivery.tlspolicy.Destination;
import org.amrelay.delivery.tlspolicy.DestinationTls;
import org.amrelay.delivery.tlspolicy.TlsPolicyEvaluator;
import org.amrelay.delivery.tlsreport.TlsRecorder;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.server.home.TlsPolicyFile;

/** Asks the relay's own evaluator about a domain, without the policies that a running relay remembers. */
final class PolicyLookup implements AutoCloseable {
    private static final int SMTP = 25;
    private static final int LONGEST_SECONDS = 60;
    private static final int MOST_HOSTS = 20;

    /**
     * @param signed whether the exchangers' names are validated
     * @param problem why there are no hosts, or empty text
     */
    record Answer(String domain, boolean signed, String problem, List<Host> hosts) {}

    /** @param requirement what a connection must reach */
    record Host(String name, String requirement, String why) {}

    private final Dns dns;
    private final TlsPolicyFile policies;
    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("policy", true));
    private final ExecutorService judging =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("policy-certificates", true));
    private final TlsPolicyEvaluator evaluator;

    PolicyLookup(Dns dns, TlsPolicyFile policies, Clock clock) {
        this.dns = dns;
        this.policies = policies;
        WebPki webPki = WebPki.ofJavaRuntime(clock);
        HttpsPolicyFetcher fetcher = new HttpsPolicyFetcher(
                dns, webPki, ClientTls.ofJavaRuntime(), loop, judging, HttpsPolicyFetcher.Limits.standard());
        this.evaluator = new TlsPolicyEvaluator(
                policies.settings(),
                new TlsPolicyEvaluator.Sources(
                        new DaneEvaluator(dns),
                        Optional.of(new StsEvaluator(dns, fetcher, StsPolicyStore.none(), clock)),
                        webPki,
                        TlsRecorder.none(),
                        clock));
    }

    Answer of(String name) {
        String domain = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(java.util.Locale.ROOT);
        DnsAnswer<MxRecord> mx = wait(dns.mx(domain));
        if (mx.isTemporary() || mx.status() == DnsAnswer.Status.NO_SUCH_NAME) {
            return new Answer(domain, false, mx.isTemporary() ? mx.cause() : "there is no such domain", List.of());
        }
        List<String> names = mx.isFound()
                ? mx.records().stream()
                        .filter(record -> !record.isNull())
                        .sorted(Comparator.comparing(MxRecord::preference))
                        .map(MxRecord::host)
                        .limit(MOST_HOSTS)
                        .toList()
                : List.of(domain);
        DestinationTls advice =
                wait(evaluator.advise(Destination.exchangersOf(domain, mx.authentic(), policies.fallback())));
        List<Host> hosts = new ArrayList<>();
        for (String host : names) {
            boolean secure =
                    wait(dns.ipv4(host)).authentic() && wait(dns.ipv6(host)).authentic();
            hosts.add(host(host, wait(advice.of(host, SMTP, secure))));
        }
        return new Answer(domain, mx.authentic(), hosts.isEmpty() ? "the domain takes no mail" : "", hosts);
    }

    private static Host host(String name, TlsRequirement requirement) {
        String words = requirement.refusal().isPresent()
                ? "no delivery now"
                : !requirement.ask() ? "no TLS" : requirement.mandatory() ? "TLS is mandatory" : "TLS if it is offered";
        return new Host(name, words, requirement.why());
    }

    private static <T> T wait(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        judging.shutdown();
        loop.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
    }
}
