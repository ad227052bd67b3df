// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Commands out, replies in, in order, each reply within its time.
 *
 * <p>Whoever is at work on the connection says what it expects and is told once when the connection is lost. A reply that
 * nobody expects ends the connection. Lives on the channel's event loop.
 */
final class Dialogue extends ByteToMessageDecoder {
    private static final class Expected {
        private final String what;
        private final Consumer<Reply> then;
        private Duration within;

        Expected(String what, Duration within, Consumer<Reply> then) {
            this.what = what;
            this.within = within;
            this.then = then;
        }
    }

    private final ReplyParser parser = new ReplyParser();
    private final ArrayDeque<Expected> expected = new ArrayDeque<>();
    private final Consumer<Loss> whenLost;
    private final Consumer<Dialogue> whenActive;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Runnable whenWritable;
    private boolean reading;
    private boolean lost;
    private boolean leaving;

    Dialogue(Consumer<Dialogue> whenActive, Consumer<Loss> whenLost) {
        this.whenActive = whenActive;
        this.whenLost = whenLost;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        whenActive.accept(this);
    }

    ChannelHandlerContext context() {
        ChannelHandlerContext known = context;
        if (known == null) {
            throw new IllegalStateException("the dialogue is in no pipeline yet");
        }
        return known;
    }

    /** Sends a command line when {@link #flush} is called, and waits for its reply. */
    void command(String line, String what, Duration within, Consumer<Reply> then) {
        // US-ASCII but for SMTPUTF8 addresses
        ByteBuf bytes = ByteBufUtil.writeUtf8(context().alloc(), line + "\r\n");
        context().write(bytes, context().voidPromise());
        expect(what, within, then);
    }

    void flush() {
        context().flush();
    }

    void expect(String what, Duration within, Consumer<Reply> then) {
        expected.add(new Expected(what, within, then));
        if (expected.size() == 1 && !reading) {
            arm(within);
        }
    }

    /** Starts the time of the reply that is waited for anew. */
    void progressed() {
        Expected head = expected.peek();
        if (head != null && !reading) {
            arm(head.within);
        }
    }

    /** Gives the reply that is expected last another time from now on; it may not be the one that is waited for yet. */
    void retimeLast(Duration within) {
        Expected last = expected.peekLast();
        if (last != null) {
            last.within = within;
            if (expected.size() == 1 && !reading) {
                arm(within);
            }
        }
    }

    private void arm(Duration within) {
        disarm();
        timer = context().executor().schedule(this::timeOut, within.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void timeOut() {
        lose(new Loss(Loss.Kind.TIME_OUT, "no answer in time to " + what()));
    }

    private String what() {
        Expected head = expected.peek();
        return head == null ? "nothing" : head.what;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        reading = true;
        boolean answered = false;
        try {
            while (!lost && in.isReadable()) {
                Optional<Reply> reply = parser.next(in);
                if (reply.isEmpty()) {
                    break;
                }
                take(reply.get());
                answered = true;
            }
        } catch (GarbledReplyException e) {
            lose(new Loss(Loss.Kind.GARBLED, "the peer answered " + what() + " with " + e.getMessage()));
        } finally {
            reading = false;
        }
        if (lost) {
            in.skipBytes(in.readableBytes());
        } else if (answered) {
            // Not for parts of a reply: a peer that drips bytes does not gain time
            Expected head = expected.peek();
            if (head != null) {
                arm(head.within);
            } else {
                disarm();
            }
        }
    }

    private void take(Reply reply) {
        Expected head = expected.poll();
        if (head != null) {
            head.then.accept(reply);
        } else {
            lose(new Loss(Loss.Kind.CLOSED, "the peer said without being asked: " + reply));
        }
    }

    private void disarm() {
        ScheduledFuture<?> old = timer;
        if (old != null) {
            old.cancel(false);
            timer = null;
        }
    }

    /** Calls once, when as much has left the buffers that more may be written; at once if that is so already. */
    void whenWritable(Runnable next) {
        if (context().channel().isWritable()) {
            next.run();
        } else {
            whenWritable = next;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Runnable next = whenWritable;
        if (next != null && ctx.channel().isWritable()) {
            whenWritable = null;
            next.run();
        }
    }

    /** Whether bytes have come that no reply has been made of yet. */
    boolean holdsUnreadBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        lose(new Loss(Loss.Kind.CLOSED, "the connection was closed while waiting for " + what()));
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lose(new Loss(
                Loss.Kind.CLOSED, "the connection broke while waiting for " + what() + ": " + cause.getMessage()));
    }

    /** Closes the connection; whoever is at work on it hears why, the first time only. */
    void lose(Loss loss) {
        if (lost) {
            return;
        }
        lost = true;
        disarm();
        expected.clear();
        whenWritable = null;
        context().close();
        if (!leaving) {
            whenLost.accept(loss);
        }
    }

    /** Closes the connection without telling anyone. */
    void abandon() {
        lost = true;
        disarm();
        expected.clear();
        whenWritable = null;
        context().close();
    }

    /** Says goodbye and closes, at the latest after that time. Nobody hears of it. */
    void quit(Duration within) {
        if (lost) {
            return;
        }
        expected.clear();
        leaving = true;
        command("QUIT", "QUIT", within, reply -> abandon());
        flush();
    }

    boolean isLost() {
        return lost;
    }
}
