// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/** One connection of the destination: a strict little SMTP server (RFC 5321 §4.1) on one event loop. */
final class DestinationSession extends ByteToMessageDecoder {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_RECIPIENTS = 1000;
    private static final int SILENCE_SECONDS = 300;

    private final DestinationSettings settings;
    private final Supplier<DestinationBehaviour> behaviour;
    private final ReceivedMail received;
    private final Clock clock;
    private final long number;
    private final List<EmailAddress> recipients = new ArrayList<>();
    private Optional<ReversePath> sender = Optional.empty();
    private Optional<DataReader> data = Optional.empty();
    private String greeting = "";
    private boolean encrypted;
    private boolean waits;

    DestinationSession(
            DestinationSettings settings,
            Supplier<DestinationBehaviour> behaviour,
            ReceivedMail received,
            Clock clock,
            long number) {
        this.settings = settings;
        this.behaviour = behaviour;
        this.received = received;
        this.clock = clock;
        this.number = number;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.pipeline().addBefore(context.name(), "silence", new IdleStateHandler(SILENCE_SECONDS, 0, 0));
        say(context, "220 destination.test ESMTP");
        context.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            sayAndClose(context, "421 4.4.2 silent for too long");
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        context.flush(); // one flush for a whole batch of pipelined commands (RFC 2920 §3.2)
        super.channelReadComplete(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a reset peer is everyday life for a server whose clients are killed
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (waits) {
            return;
        }
        if (data.isPresent()) {
            data.get().read(in).ifPresent(content -> finish(context, content));
            return;
        }
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (end < 0) {
            if (in.readableBytes() > LONGEST_LINE) {
                sayAndClose(context, "500 5.5.2 line too long");
                in.skipBytes(in.readableBytes());
            }
            return;
        }
        int length = end - in.readerIndex();
        String line = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
        in.skipBytes(length + 1);
        command(context, in, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    private void command(ChannelHandlerContext context, ByteBuf in, String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).trim();
        switch (verb) {
            case "EHLO" -> greet(context, rest, true);
            case "HELO" -> greet(context, rest, false);
            case "MAIL" -> mail(context, rest);
            case "RCPT" -> recipient(context, rest);
            case "DATA" -> beginData(context);
            case "RSET" -> {
                reset();
                say(context, "250 2.0.0 OK");
            }
            case "NOOP" -> say(context, "250 2.0.0 OK");
            case "QUIT" -> sayAndClose(context, "221 2.0.0 bye");
            case "STARTTLS" ->
                settings.tls()
                        .filter(tls -> !encrypted)
                        .ifPresentOrElse(
                                tls -> startTls(context, in, tls),
                                () -> say(context, "502 5.5.1 TLS is not to be had"));
            default -> say(context, "500 5.5.1 unknown command");
        }
    }

    private void greet(ChannelHandlerContext context, String name, boolean extended) {
        reset();
        greeting = name;
        if (!extended) {
            say(context, "250 destination.test");
            return;
        }
        say(context, "250-destination.test");
        if (settings.pipelining()) {
            say(context, "250-PIPELINING");
        }
        if (settings.tls().isPresent() && !encrypted) {
            say(context, "250-STARTTLS");
        }
        say(context, "250-8BITMIME");
        say(context, "250-ENHANCEDSTATUSCODES");
        say(context, "250 SIZE " + settings.largestMessage());
    }

    private void mail(ChannelHandlerContext context, String rest) {
        Optional<String> path = path(rest, "FROM:");
        if (sender.isPresent() || path.isEmpty()) {
            say(context, sender.isPresent() ? "503 5.5.1 MAIL was said" : "501 5.5.4 MAIL FROM:<address>");
            return;
        }
        Optional<EmailAddress> address = EmailAddress.parse(path.get());
        if (address.isEmpty() && !path.get().isEmpty()) {
            say(context, "501 5.1.7 not an address");
            return;
        }
        sender = Optional.of(new ReversePath(address));
        say(context, "250 2.1.0 OK");
    }

    private void recipient(ChannelHandlerContext context, String rest) {
        Optional<EmailAddress> address = path(rest, "TO:").flatMap(EmailAddress::parse);
        if (sender.isEmpty()) {
            say(context, "503 5.5.1 MAIL first");
        } else if (address.isEmpty()) {
            say(context, "501 5.1.3 RCPT TO:<address>");
        } else if (recipients.size() == MOST_RECIPIENTS) {
            say(context, "452 4.5.3 too many recipients");
        } else {
            Answer answer = behaviour.get().onRecipient(address.get());
            if (answer.taken()) {
                recipients.add(address.get());
            }
            perform(context, answer);
        }
    }

    private static Optional<String> path(String rest, String keyword) {
        int open = rest.indexOf('<');
        int close = rest.indexOf('>', open + 1);
        return rest.toUpperCase(Locale.ROOT).startsWith(keyword) && open > 0 && close > open
                ? Optional.of(rest.substring(open + 1, close))
                : Optional.empty();
    }

    private void beginData(ChannelHandlerContext context) {
        if (recipients.isEmpty()) {
            say(context, sender.isEmpty() ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients");
            return;
        }
        data = Optional.of(new DataReader(settings.largestMessage()));
        say(context, "354 go ahead");
    }

    private void finish(ChannelHandlerContext context, Optional<byte[]> content) {
        data = Optional.empty();
        if (content.isEmpty()) {
            reset();
            say(context, "552 5.3.4 message too big");
            return;
        }
        ReceivedMessage message = new ReceivedMessage(
                sender.orElseThrow(), recipients, content.get(), greeting, encrypted, number, clock.instant());
        reset();
        Answer answer = behaviour.get().onMessage(message);
        if (answer.taken()) {
            received.add(message);
        }
        perform(context, answer);
    }

    private void perform(ChannelHandlerContext context, Answer answer) {
        if (answer.delay().isZero()) {
            answerNow(context, answer);
            return;
        }
        waits = true;
        later(context, answer.delay(), () -> {
            waits = false;
            answerNow(context, answer);
            context.flush();
            resume(context);
        });
    }

    private static void later(ChannelHandlerContext context, Duration delay, Runnable step) {
        var unused = context.executor().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads on what was pipelined behind a command whose answer was delayed. */
    private void resume(ChannelHandlerContext context) {
        if (!context.isRemoved()) {
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
                channelReadComplete(context);
            } catch (Exception e) {
                exceptionCaught(context, e);
            }
        }
    }

    private void answerNow(ChannelHandlerContext context, Answer answer) {
        if (answer.hangUp()) {
            context.close();
        } else if (answer.reply().startsWith("421")) {
            sayAndClose(context, answer.reply());
        } else {
            say(context, answer.reply());
        }
    }

    private void startTls(ChannelHandlerContext context, ByteBuf in, SSLContext tls) {
        in.skipBytes(in.readableBytes()); // RFC 3207 §4.2: nothing said before TLS counts
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        context.pipeline().addFirst("tls", new SslHandler(engine, true));
        say(context, "220 2.0.0 go ahead");
        context.flush();
        encrypted = true;
        reset();
    }

    private void reset() {
        sender = Optional.empty();
        recipients.clear();
    }

    private static void say(ChannelHandlerContext context, String line) {
        context.write(context.alloc()
                .buffer(line.length() + 2)
                .writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void sayAndClose(ChannelHandlerContext context, String line) {
        context.writeAndFlush(Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.ISO_8859_1))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
