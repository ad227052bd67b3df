// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server on a real socket that takes everything unless its script says otherwise.
 *
 * <p>Steps are {@code CONNECT}, {@code BODY} (the first bytes after the 354 or of a chunk), {@code MESSAGE} (after the final dot
 * or the last chunk), or
 * the beginning of a command line: {@code peer.on("RCPT TO:<bob@").replies("550 5.1.1 no such user")}. The rule that was
 * added last wins.
 */
public final class ScriptedDestination implements AutoCloseable {
    private static final List<String> USUAL =
            List.of("PIPELINING", "SIZE 50000000", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN");

    private static final int FIRST_PORT = 20_000;
    private static final int CLIENT_PORTS = 32_768;

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final Channel listener;

    private volatile List<String> offers = USUAL;
    private volatile Optional<SslContext> tls = Optional.empty();
    private volatile Optional<SslContext> implicitTls = Optional.empty();
    private volatile boolean keepsRecords = true;

    private ScriptedDestination(InetSocketAddress address) {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        implicitTls.ifPresent(
                                context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline().addLast(new ScriptedSession(ScriptedDestination.this));
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    /** Listens on a free port of 127.0.0.1. */
    public static ScriptedDestination start() {
        return startOn("127.0.0.1", 0);
    }

    /**
     * Listens on an address of the loopback net.
     *
     * @param port 0 for a free one, which others of that net have free as well: it is none that clients get, and whoever wants
     *     it there has it on the first address, too
     */
    public static ScriptedDestination startOn(String address, int port) {
        for (int tries = 0; port == 0 && tries < 50; tries++) {
            try {
                return startOn(address, ThreadLocalRandom.current().nextInt(FIRST_PORT, CLIENT_PORTS));
            } catch (Exception taken) {
                if (!(taken instanceof BindException)) {
                    throw taken;
                }
            }
        }
        return new ScriptedDestination(new InetSocketAddress(literal(address), port));
    }

    public static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One thing that may happen at a step. */
    interface Action {
        void run(ScriptedSession session);
    }

    static final class Rule {
        private final String step;
        private volatile int left;
        private volatile Action action = session -> {};

        Rule(String step, int left) {
            this.step = step;
            this.left = left;
        }

        boolean fires(String line) {
            if (left == 0 || !line.regionMatches(true, 0, step, 0, step.length())) {
                return false;
            }
            if (left > 0) {
                left--;
            }
            return true;
        }
    }

    /** Says what happens at a step. */
    public final class Script {
        private final Rule rule;

        Script(Rule rule) {
            this.rule = rule;
        }

        private ScriptedDestination does(Action action) {
            rule.action = action;
            rules.add(0, rule);
            return ScriptedDestination.this;
        }

        /** Lines of one reply, or of several. */
        public ScriptedDestination replies(String... lines) {
            return does(session -> session.reply(lines));
        }

        /** Bytes as they are. */
        public ScriptedDestination sends(String bytes) {
            return does(session -> session.send(bytes));
        }

        public ScriptedDestination drops() {
            return does(ScriptedSession::drop);
        }

        public ScriptedDestination repliesAndDrops(String... lines) {
            return does(session -> session.replyAndDrop(lines));
        }

        /** Never answers, neither this nor anything after it. */
        public ScriptedDestination stalls() {
            return does(ScriptedSession::stall);
        }

        public ScriptedDestination stopsReading() {
            return does(ScriptedSession::stopReading);
        }

        /** Answers as usual, but late. */
        public ScriptedDestination tarpits(Duration delay) {
            return does(session -> session.usualAfter(delay));
        }
    }

    public Script on(String step) {
        return new Script(new Rule(step, -1));
    }

    /** Only the first times that the step is reached. */
    public Script first(int times, String step) {
        return new Script(new Rule(step, times));
    }

    /** The EHLO keywords, instead of the usual ones. */
    public ScriptedDestination offers(String... keywords) {
        offers = List.of(keywords);
        return this;
    }

    public ScriptedDestination alsoOffers(String keyword) {
        List<String> more = new ArrayList<>(offers);
        more.add(keyword);
        offers = more;
        return this;
    }

    public ScriptedDestination withTls(SslContext context) {
        tls = Optional.of(context);
        return alsoOffers("STARTTLS");
    }

    /** TLS from the first byte. */
    public ScriptedDestination withImplicitTls(SslContext context) {
        implicitTls = Optional.of(context);
        return this;
    }

    /** Keeps no commands and bodies, only counts; for load. */
    public ScriptedDestination onlyCounts() {
        keepsRecords = false;
        return this;
    }

    /** Takes everything again, with the usual offers, and has seen nothing. */
    public void startOver() {
        rules.clear();
        commands.clear();
        messages.clear();
        taken.set(0);
        offers = USUAL;
    }

    Optional<Action> actionAt(String line) {
        for (Rule rule : rules) {
            if (rule.fires(line)) {
                return Optional.of(rule.action);
            }
        }
        return Optional.empty();
    }

    void connected() {
        connections.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    void disconnected() {
        open.decrementAndGet();
    }

    void heard(String line) {
        if (keepsRecords) {
            commands.add(line);
        }
    }

    void took(ReceivedMessage message) {
        taken.incrementAndGet();
        if (keepsRecords) {
            messages.add(message);
        }
    }

    boolean keepsRecords() {
        return keepsRecords;
    }

    List<String> offered() {
        return offers;
    }

    Optional<SslContext> tls() {
        return tls;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    /** All command lines of all sessions, in order of arrival. */
    public List<String> commands() {
        return commands;
    }

    public List<ReceivedMessage> messages() {
        return messages;
    }

    /** How many messages were answered with 2xx. */
    public int taken() {
        return taken.get();
    }

    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.get();
    }

    public int mostOpenConnections() {
        return mostOpen.get();
    }

    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 100, java.util.concurrent.TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }
}
