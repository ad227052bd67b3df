// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMTP connection: commands in, replies out, strictly in order, one thing at a time.
 *
 * <p>All state is touched on the connection's event loop only, except the session while {@link #busy}: then one worker
 * has it and nothing else is done. Input that comes meanwhile waits in a bounded queue. Replies are flushed when there
 * is nothing more to answer (RFC 2920 §3.2).
 */
final class SmtpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);

    private final SmtpService service;
    private final Channel channel;
    private final RelayTransport transport;
    private final SMTPSession session;
    private final CommandFramer framer;
    private final InputQueue input = new InputQueue();
    private final MessageReception reception;
    private final Farewell farewell;
    private final ConnectionTimer timer;
    private final ErrorLimit errors;
    private boolean busy;
    private boolean stopping;
    private boolean inputEnded;

    SmtpConnection(SmtpService service, Channel channel) {
        this.service = service;
        this.channel = channel;
        this.transport = new RelayTransport(channel, service.encryption());
        this.session = (SMTPSession) service.protocol().newSession(transport);
        this.framer = new CommandFramer(service.limits().commandLine());
        this.farewell = new Farewell(channel);
        this.timer = new ConnectionTimer(channel, service.limits(), this::timedOut);
        this.reception = new MessageReception(service, session, timer);
        this.errors = new ErrorLimit(service.limits().errors());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        service.metrics().getConnectionMetric().increment();
        LOG.debug("{} connected from {}", session.getSessionID(), session.getRemoteAddress());
        timer.start();
        busyWith(() -> service.greet(session));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            if (farewell.isSaid()) {
                farewell.ignore(buffer.readableBytes());
                return;
            }
            byte[] piece = new byte[buffer.readableBytes()];
            buffer.readBytes(piece);
            input.add(piece);
            timer.heard();
        } finally {
            buffer.release();
        }
        process();
    }

    /** The client says nothing more, but still wants the answers to what it said: it may close one half only. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            process();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        process();
    }

    /** Does what can be done now; the only place that takes from the input. */
    private void process() {
        while (!busy && !farewell.isSaid() && channel.isWritable() && !input.isEmpty()) {
            if (reception.isReading()) {
                readMessage();
            } else {
                readCommand();
            }
        }
        if (stopping && !busy && !farewell.isSaid() && !reception.isReading()) {
            respond(Replies.last(421, "4.3.2", "the server is shutting down"));
        }
        channel.flush();
        channel.config().setAutoRead(farewell.isSaid() || !input.isFull());
        if (inputEnded && !busy && (farewell.isSaid() || input.isEmpty())) {
            farewell.close();
        }
    }

    private void readCommand() {
        byte[] piece = input.piece();
        Optional<LineHandler<SMTPSession>> dialogue = transport.dialogue();
        input.takeTo(framer.feed(piece, input.position(), piece.length, dialogue.isPresent()));
        if (framer.violation().isPresent()) {
            respond(Replies.last(framer.violation().get().reply()));
            return;
        }
        framer.line().ifPresent(line -> {
            timer.commandCompleted();
            service.metrics().getCommandsMetric().increment();
            execute(dialogue.orElse(service.dispatcher()), line);
        });
    }

    private void execute(LineHandler<SMTPSession> handler, byte[] line) {
        Optional<Response> malformed = CommandSyntax.check(line);
        if (malformed.isPresent()) {
            respond(malformed.get());
        } else if (service.commandsMayBlock()) {
            busyWith(() -> handler.onLine(session, line));
        } else {
            respond(handler.onLine(session, line));
        }
    }

    private void readMessage() {
        byte[] piece = input.piece();
        input.takeTo(reception.feed(piece, input.position(), piece.length));
        haveRead();
    }

    private void haveRead() {
        reception.interruption().ifPresentOrElse(this::respond, () -> {
            if (reception.ended()) {
                start(reception::finish, reception::finished);
            } else if (reception.mustSpill()) {
                start(reception::spill, () -> {});
            }
        });
    }

    /** Runs something on the pool, or here when nothing in the handler chain blocks. */
    private void busyWith(Supplier<Response> work) {
        if (service.commandsMayBlock()) {
            start(
                    () -> CompletableFuture.supplyAsync(work, service.workers()).thenApply(Optional::ofNullable),
                    () -> {});
        } else {
            respond(work.get());
            channel.flush();
        }
    }

    /** Begins what takes a while and goes on when it is done; the answer is empty when there is nothing to say. */
    private void start(Supplier<CompletionStage<Optional<Response>>> work, Runnable beforeTheAnswer) {
        busy = true;
        try {
            work.get()
                    .whenComplete((answer, failure) -> channel.eventLoop().execute(() -> {
                        busy = false;
                        beforeTheAnswer.run();
                        goOn(answer, failure);
                    }));
        } catch (RejectedExecutionException e) {
            busy = false;
            reception.close();
            respond(Replies.last(421, "4.3.2", "too busy, try again later"));
        }
    }

    private void goOn(@Nullable Optional<Response> answer, @Nullable Throwable failure) {
        if (!channel.isActive()) {
            release();
            return;
        }
        if (failure != null || answer == null) {
            LOG.warn("{} could not process a command", session.getSessionID(), failure);
            respond(Replies.of(451, "4.3.0", "cannot process this now, try again later"));
        } else {
            answer.ifPresent(this::respond);
        }
        timer.waitsAgain();
        process();
    }

    private void respond(Response response) {
        if (response instanceof SlowResponse slow) {
            start(() -> slow.work().apply(service.workers()).thenApply(Optional::of), () -> {});
            return;
        }
        if (response instanceof StartTlsResponse && !input.isEmpty()) {
            // CVE-2011-0411: what stands in clear behind STARTTLS must not be taken for what was said inside TLS
            respond(Replies.last(554, "5.5.1", "nothing may follow STARTTLS before the handshake"));
            return;
        }
        if (response instanceof ChunkReady chunk) {
            reception.open(chunk);
            haveRead();
            return;
        }
        reception.closeIfAbandoned();
        Response said = errors.isExceededBy(response) ? Replies.last(421, "4.7.0", "too many errors") : response;
        channel.write(Unpooled.wrappedBuffer(Replies.bytes(said)));
        if (said.isEndSession()) {
            input.clear();
            farewell.say();
        } else if (said instanceof StartTlsResponse) {
            startTls();
        } else if (said instanceof DataReady ready) {
            reception.open(ready.receiver());
        }
    }

    private void startTls() {
        channel.flush();
        session.resetState();
        session.removeAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection);
        session.removeAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        channel.pipeline()
                .addFirst("tls", service.encryption().get().orElseThrow().sslHandler());
    }

    private void timedOut(String reason) {
        if (busy || farewell.isSaid()) {
            return;
        }
        LOG.info("{} from {} closed: {}", session.getSessionID(), session.getRemoteAddress(), reason);
        respond(Replies.last(421, "4.4.2", reason));
        channel.flush();
    }

    /** Ends the session as soon as the client is told the outcome of what it has begun; from any thread. */
    void stop() {
        channel.eventLoop().execute(() -> {
            stopping = true;
            process();
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        service.metrics().getConnectionMetric().decrement();
        timer.stop();
        input.clear();
        for (DisconnectHandler<SMTPSession> handler : service.disconnectHandlers()) {
            handler.onDisconnect(session);
        }
        LOG.debug("{} disconnected", session.getSessionID());
        if (!busy) {
            release();
        }
    }

    private void release() {
        session.resetState();
        reception.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("{} from {} broke: {}", session.getSessionID(), session.getRemoteAddress(), cause.toString());
        } else {
            LOG.warn("{} from {} failed", session.getSessionID(), session.getRemoteAddress(), cause);
        }
        ctx.close();
    }
}
