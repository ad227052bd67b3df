// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An SMTP server on 127.0.0.1 that takes mail and counts it.
 *
 * <p>Serves thousands of connections with two daemon threads; each connection is closed after five minutes of silence
 * (RFC 5321 §4.5.3.2.7). Safe for several threads.
 */
public final class DestinationServer implements Closeable {
    private static final int BACKLOG = 1024;
    private static final int THREADS = 2;
    private static final long CLOSE_SECONDS = 5;

    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final Channel listener;
    private final ReceivedMail received;
    private final AtomicLong sessions;
    private final AtomicReference<DestinationBehaviour> behaviour;

    private DestinationServer(
            EventLoopGroup loops,
            ChannelGroup connections,
            Channel listener,
            ReceivedMail received,
            AtomicLong sessions,
            AtomicReference<DestinationBehaviour> behaviour) {
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
        this.received = received;
        this.sessions = sessions;
        this.behaviour = behaviour;
    }

    /**
     * Listens, then returns.
     *
     * @throws IOException when the port is taken
     */
    public static DestinationServer start(DestinationSettings settings, Clock clock) throws IOException {
        EventLoopGroup loops = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("destination", true));
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ReceivedMail received = new ReceivedMail(settings.keep());
        AtomicLong sessions = new AtomicLong();
        AtomicReference<DestinationBehaviour> behaviour = new AtomicReference<>(settings.behaviour());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new DestinationSession(
                                        settings, behaviour::get, received, clock, sessions.incrementAndGet()));
                    }
                });
        var bound = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            throw new IOException("the destination cannot listen on port " + settings.port(), bound.cause());
        }
        return new DestinationServer(loops, connections, bound.channel(), received, sessions, behaviour);
    }

    /** The port on 127.0.0.1 it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What it has taken so far; a live view. */
    public ReceivedMail received() {
        return received;
    }

    /** How many connections were opened so far. */
    public long sessions() {
        return sessions.get();
    }

    /** Answers differently from now on, also in connections that are open. */
    public void behave(DestinationBehaviour other) {
        behaviour.set(other);
    }

    /** Closes all connections and the port; waits a few seconds at most. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
