// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions with SMTP servers.
 *
 * <p>Owns no thread: event loops and the executor for blocking work are given and ended by the owner. Safe for several
 * threads.
 */
public final class SmtpClient {
    private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final EventLoopGroup loops;
    private final Executor blocking;
    private final ClientTls tls;
    private final SmtpTimeouts timeouts;
    private final String hostname;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param hostname for EHLO
     * @param blocking reads messages that are not in memory, and does the arithmetic of TLS handshakes
     */
    public SmtpClient(String hostname, SmtpTimeouts timeouts, ClientTls tls, EventLoopGroup loops, Executor blocking) {
        this.hostname = hostname;
        this.timeouts = timeouts;
        this.tls = tls;
        this.loops = loops;
        this.blocking = blocking;
    }

    /**
     * Connects and gets ready to send. With opportunistic TLS a failed handshake is followed by a second connection in
     * plain text, and the failure shows in {@link OutboundSession#tls}.
     *
     * @return completes on an event loop, always normally
     */
    public CompletionStage<OpenResult> open(Target target) {
        CompletableFuture<OpenResult> result = new CompletableFuture<>();
        new Attempt(target, "", result).connect();
        return result;
    }

    /** One TCP connection on its way to a session. */
    private final class Attempt implements SessionOpening.Outcome {
        private final Target target;
        private final String plainTextRemark;
        private final CompletableFuture<OpenResult> result;
        private final Dialogue dialogue = new Dialogue(this::active, this::lost);
        private State state = new Connected();

        Attempt(Target target, String plainTextRemark, CompletableFuture<OpenResult> result) {
            this.target = target;
            this.plainTextRemark = plainTextRemark;
            this.result = result;
        }

        void connect() {
            new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            timeouts.connect().toMillis())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(dialogue);
                        }
                    })
                    .connect(connectTo(), leaveFrom())
                    .addListener(future -> {
                        if (!future.isSuccess()) {
                            unavailable(noConnection(future.cause()), false);
                        }
                    });
        }

        private InetSocketAddress connectTo() {
            return target.options().proxy().flatMap(ProxyHeader::via).orElse(target.address());
        }

        /** Null for any; behind a proxy it is the proxy that leaves from our source address. */
        private @Nullable InetSocketAddress leaveFrom() {
            boolean byProxy = target.options().proxy().flatMap(ProxyHeader::via).isPresent();
            return target.options()
                    .source()
                    .filter(source -> !byProxy)
                    .map(source -> new InetSocketAddress(source.address(), 0))
                    .orElse(null);
        }

        private void introduce(Channel channel) {
            InetSocketAddress local = (InetSocketAddress) channel.localAddress();
            InetSocketAddress from = target.options()
                    .source()
                    .map(source -> new InetSocketAddress(source.address(), local.getPort()))
                    .orElse(local);
            channel.writeAndFlush(ProxyHeader.encode(from, target.address()));
        }

        private Reply noConnection(Throwable cause) {
            // Netty says the address once more behind the cause
            String why = String.valueOf(cause.getMessage()).replaceFirst(": [^: ]*/[^ ]*:[0-9]+$", "");
            return Reply.of(451, "4.4.1", "no connection to " + target + ": " + why);
        }

        private void active(Dialogue ready) {
            if (target.options().proxy().isPresent()) {
                introduce(ready.context().channel());
            }
            SessionOpening opening = new SessionOpening(
                    ready, target, hostname, timeouts, this::tlsHandler, blocking, plainTextRemark, this);
            state = new Opening(opening);
            opening.begin();
        }

        private io.netty.handler.ssl.SslHandler tlsHandler(Target to) {
            return to.options()
                    .tls()
                    .orElse(tls)
                    .handler(
                            dialogue.context().alloc(),
                            to.tls().serverName().orElse(to.host()),
                            to.address().getPort(),
                            blocking);
        }

        @Override
        public void opened(ServerFeatures features, String reached, boolean verified) {
            Optional<LogIn> logIn = target.options().logIn();
            if (logIn.isEmpty()) {
                ready(features, reached, verified);
                return;
            }
            String nonce = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            state = new Connected();
            new LoggingIn(dialogue, target, logIn.get(), timeouts, blocking, nonce, refusal -> {
                        if (refusal.isPresent()) {
                            unavailable(refusal.get(), true);
                        } else {
                            ready(features, reached, verified);
                        }
                    })
                    .begin(features);
        }

        private void ready(ServerFeatures features, String reached, boolean verified) {
            OutboundSession connection =
                    new OutboundSession(dialogue, target, features, reached, verified, timeouts, blocking);
            state = new Open(connection);
            result.complete(new Opened(connection));
        }

        @Override
        public void refused(Reply reply) {
            unavailable(reply, true);
        }

        @Override
        public void tlsFailed(String cause) {
            if (target.tls().mandatory() || target.options().implicitTls()) {
                String remark = target.tls().remark();
                unavailable(Reply.of(454, "4.7.5", "TLS with " + target + " failed: " + cause + remark), true);
            } else {
                new Attempt(
                                target.inClear(),
                                "none: TLS failed: " + cause + target.tls().remark(),
                                result)
                        .connect();
            }
        }

        /** From the dialogue, and from the opening when it has nothing to add. */
        @Override
        public void lost(Loss loss) {
            State now = state;
            state = new Ended();
            now.lost(loss, this);
        }

        private void unavailable(Reply reply, boolean spoke) {
            result.complete(new Unavailable(target, reply, spoke));
        }
    }

    /** Who has to hear that the connection is gone. */
    private interface State {
        void lost(Loss loss, Attempt attempt);
    }

    private record Connected() implements State {
        @Override
        public void lost(Loss loss, Attempt attempt) {
            attempt.unavailable(loss.reply(), false);
        }
    }

    private record Opening(SessionOpening opening) implements State {
        @Override
        public void lost(Loss loss, Attempt attempt) {
            opening.lost(loss);
        }
    }

    private record Open(OutboundSession connection) implements State {
        @Override
        public void lost(Loss loss, Attempt attempt) {
            connection.lost(loss);
        }
    }

    private record Ended() implements State {
        @Override
        public void lost(Loss loss, Attempt attempt) {
            attempt.unavailable(loss.reply(), false);
        }
    }
}
