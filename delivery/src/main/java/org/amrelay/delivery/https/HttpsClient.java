// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.https;

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
import java.util.function.Predicate;
import org.amrelay.delivery.https.HttpsAnswer.Unreachable;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;

/**
 * Asks a host over verified TLS, once: at most three addresses, all within the time for the whole.
 *
 * <p>Stages always complete normally. Owns no thread. Safe for several threads.
 */
public final class HttpsClient {
    private static final int MOST_ADDRESSES = 3;

    /**
     * How to get there.
     *
     * @param dns finds the host's addresses
     * @param reachable which of them may be connected to
     * @param webPki whose certificates are believed
     * @param loops for the connections
     * @param judging checks certificates
     */
    public record Ways(
            Dns dns,
            Predicate<InetAddress> reachable,
            WebPki webPki,
            ClientTls tls,
            EventLoopGroup loops,
            Executor judging) {}

    /**
     * @param port 443 but for tests
     * @param connect time for one TCP connection
     * @param whole time for everything behind the look-up
     */
    public record Limits(int port, Duration connect, Duration whole) {
        /** Port 443, 5 s, 20 s. */
        public static Limits standard() {
            return new Limits(443, Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    private final Ways ways;
    private final Limits limits;

    public HttpsClient(Ways ways, Limits limits) {
        this.ways = ways;
        this.limits = limits;
    }

    /** Asks; any number at once. */
    public CompletionStage<HttpsAnswer> ask(HttpsRequest request) {
        String host = request.host();
        return ways.dns()
                .ipv4(host)
                .thenCombine(ways.dns().ipv6(host), HttpsClient::both)
                .thenCompose(addresses -> {
                    List<InetAddress> few = addresses.stream()
                            .filter(ways.reachable())
                            .limit(MOST_ADDRESSES)
                            .toList();
                    return few.isEmpty()
                            ? CompletableFuture.completedFuture(new Unreachable(
                                    "no " + (addresses.isEmpty() ? "" : "public ") + "address of " + host))
                            : new Asking(request, few).start();
                });
    }

    private static List<InetAddress> both(DnsAnswer<InetAddress> v4, DnsAnswer<InetAddress> v6) {
        List<InetAddress> all = new ArrayList<>(v4.records());
        all.addAll(v6.records());
        return all;
    }

    /** One request, address after address. */
    private final class Asking {
        private final HttpsRequest request;
        private final List<InetAddress> addresses;
        private final CompletableFuture<HttpsAnswer> result = new CompletableFuture<>();

        Asking(HttpsRequest request, List<InetAddress> addresses) {
            this.request = request;
            this.addresses = addresses;
        }

        CompletionStage<HttpsAnswer> start() {
            ways.loops()
                    .next()
                    .schedule(
                            () -> result.complete(new Unreachable(request.host() + " did not answer in time")),
                            limits.whole().toMillis(),
                            TimeUnit.MILLISECONDS);
            tryAddress(0);
            return result;
        }

        private void tryAddress(int index) {
            if (result.isDone()) {
                return;
            }
            String host = request.host();
            HttpsExchange exchange =
                    new HttpsExchange(request, ways.webPki().forNames(List.of(host)), ways.judging(), result);
            new Bootstrap()
                    .group(ways.loops())
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            limits.connect().toMillis())
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            exchange.install(
                                    channel.pipeline(),
                                    ways.tls().handler(channel.alloc(), host, limits.port(), ways.judging()));
                            result.whenComplete((done, error) -> channel.close());
                        }
                    })
                    .connect(new InetSocketAddress(addresses.get(index), limits.port()))
                    .addListener((ChannelFutureListener) connected -> {
                        if (connected.isSuccess()) {
                            exchange.begin(connected.channel().pipeline());
                        } else if (index + 1 < addresses.size()) {
                            tryAddress(index + 1);
                        } else {
                            result.complete(new Unreachable("no connection to " + host + ": "
                                    + connected.cause().getMessage()));
                        }
                    });
        }
    }
}
