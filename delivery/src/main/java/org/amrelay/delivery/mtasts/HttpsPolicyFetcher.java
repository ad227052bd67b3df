// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;

/**
 * Fetches policies from {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt} (RFC 8461 §3.3).
 *
 * <p>Over verified TLS, without redirects, cookies and caches; at most 64 KB; at most three addresses, all within the
 * time for the whole. Owns no thread. Safe for several threads.
 */
public final class HttpsPolicyFetcher implements PolicyFetcher {
    private static final int MOST_ADDRESSES = 3;

    /**
     * @param port 443 but for tests
     * @param connect time for one TCP connection
     * @param whole time for everything
     */
    public record Limits(int port, Duration connect, Duration whole) {
        /** Port 443, 5 s, 20 s. */
        public static Limits standard() {
            return new Limits(443, Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    private final Dns dns;
    private final WebPki webPki;
    private final ClientTls tls;
    private final EventLoopGroup loops;
    private final Executor judging;
    private final Limits limits;

    /** @param judging checks certificates */
    public HttpsPolicyFetcher(
            Dns dns, WebPki webPki, ClientTls tls, EventLoopGroup loops, Executor judging, Limits limits) {
        this.dns = dns;
        this.webPki = webPki;
        this.tls = tls;
        this.loops = loops;
        this.judging = judging;
        this.limits = limits;
    }

    @Override
    public CompletionStage<FetchResult> fetch(String domain) {
        String host = "mta-sts." + domain;
        return dns.ipv4(host)
                .thenCombine(dns.ipv6(host), HttpsPolicyFetcher::both)
                .thenCompose(addresses -> addresses.isEmpty()
                        ? CompletableFuture.completedFuture(failed("no address of " + host))
                        : new Fetching(host, addresses).start());
    }

    private static List<InetAddress> both(DnsAnswer<InetAddress> v4, DnsAnswer<InetAddress> v6) {
        List<InetAddress> all = new ArrayList<>(v4.records());
        all.addAll(v6.records());
        return all.subList(0, Math.min(all.size(), MOST_ADDRESSES));
    }

    static FetchResult failed(String cause) {
        return new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, cause);
    }

    /** One fetch, address after address. */
    private final class Fetching {
        private final String host;
        private final List<InetAddress> addresses;
        private final CompletableFuture<FetchResult> result = new CompletableFuture<>();

        Fetching(String host, List<InetAddress> addresses) {
            this.host = host;
            this.addresses = addresses;
        }

        CompletionStage<FetchResult> start() {
            loops.next()
                    .schedule(
                            () -> result.complete(failed(host + " did not answer in time")),
                            limits.whole().toMillis(),
                            TimeUnit.MILLISECONDS);
            tryAddress(0);
            return result;
        }

        private void tryAddress(int index) {
            if (result.isDone()) {
                return;
            }
            PolicyExchange exchange = new PolicyExchange(host, webPki.forNames(List.of(host)), judging, result);
            new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            limits.connect().toMillis())
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            exchange.install(
                                    channel.pipeline(), tls.handler(channel.alloc(), host, limits.port(), judging));
                            result.whenComplete((done, error) -> channel.close());
                        }
                    })
                    .connect(new InetSocketAddress(addresses.get(index), limits.port()))
                    .addListener((ChannelFutureListener) connected -> {
                        if (connected.isSuccess()) {
                            exchange.begin(connected.channel().pipeline());
                            return;
                        }
                        if (index + 1 < addresses.size()) {
                            tryAddress(index + 1);
                        } else {
                            result.complete(failed("no connection to " + host + ": "
                                    + connected.cause().getMessage()));
                        }
                    });
        }
    }
}
