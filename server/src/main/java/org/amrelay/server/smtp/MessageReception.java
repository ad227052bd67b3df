// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.smtp.DataReady.Receiver;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.server.core.MailImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one connection, one after the other: from 354 to the reply to the final dot, or chunk by chunk.
 *
 * <p>{@link #spill} and {@link #finish} may work on the pool; until they are done nothing else is called. Otherwise for
 * the connection's event loop.
 */
final class MessageReception {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReception.class);

    private final SmtpService service;
    private final SMTPSession session;
    private final MessageTimes timer;
    private Optional<IncomingMessage> incoming = Optional.empty();
    private Optional<Receiver> receiver = Optional.empty();
    private Optional<ChunkReady> chunk = Optional.empty();
    private long left;
    private boolean chunked;

    MessageReception(SmtpService service, SMTPSession session, MessageTimes timer) {
        this.service = service;
        this.session = session;
        this.timer = timer;
    }

    /** DATA: the next bytes are those of a message, to its final dot. */
    void open(Receiver to) {
        String name = MailImpl.getId();
        SmtpLimits limits = service.limits();
        incoming = Optional.of(new IncomingMessage(
                limits,
                service.largestMessage(),
                new MessageBuffer(service.memory(), limits.memoryPerMessage(), service.spillDirectory()),
                name,
                ReceivedField.of(session, name, service.clock().instant())));
        receiver = Optional.of(to);
        timer.messageStarted();
    }

    /** BDAT: the next bytes are those of a chunk. */
    void open(ChunkReady next) {
        if (next.refusal().isEmpty()) {
            if (incoming.isEmpty()) {
                open(next.receiver());
                chunked = true;
                TransactionForm.CHUNKS.set(session);
            }
            message().announce(next.size());
        }
        chunk = Optional.of(next);
        left = next.size();
    }

    /** Whether the next bytes belong to a message rather than to a command. */
    boolean isReading() {
        return chunk.isPresent() || (incoming.isPresent() && !chunked);
    }

    /** Forgets the chunks of a transaction that has ended without its last one, as by RSET. */
    void closeIfAbandoned() {
        if (chunked && chunk.isEmpty() && !TransactionForm.CHUNKS.is(session)) {
            close();
        }
    }

    int feed(byte[] bytes, int from, int to) {
        if (chunk.isEmpty()) {
            return message().feed(bytes, from, to);
        }
        int taken = (int) Math.min(left, to - from);
        left -= taken;
        if (chunk.get().refusal().isEmpty()) {
            message().feedChunk(bytes, from, from + taken);
        }
        return from + taken;
    }

    /** Whether the message or the chunk is complete. */
    boolean ended() {
        return chunk.isPresent() ? left == 0 : message().ended();
    }

    boolean mustSpill() {
        return incoming.isPresent()
                && message().refusal().isEmpty()
                && message().buffer().mustSpill();
    }

    /** The last reply to a client that must not go on sending this message. */
    Optional<Response> interruption() {
        Optional<Response> reply = chunk.isPresent() ? tooPatient(chunk.get()) : violation();
        reply.ifPresent(r -> {
            LOG.info("message refused from {}: {}", session.getRemoteAddress(), Replies.text(r));
            close();
        });
        return reply;
    }

    private Optional<Response> violation() {
        IncomingMessage message = message();
        return message.violation()
                .map(FramingViolation::replyInMessage)
                .or(() -> message.refusal().filter(r -> message.exhaustsPatience()))
                .map(Replies::last);
    }

    /** The refusal of a chunk of which more is to come than we want to throw away. */
    private Optional<Response> tooPatient(ChunkReady open) {
        Optional<Response> refusal = open.refusal().or(() -> message().refusal().map(Replies::of));
        boolean much = left > IncomingMessage.patience(service.largestMessage())
                || (incoming.isPresent() && message().exhaustsPatience());
        return refusal.filter(r -> much).map(Replies::closing);
    }

    /** Moves what is in memory to a file, on the pool; nothing is said to the client unless that fails. */
    CompletionStage<Optional<Response>> spill() {
        MessageBuffer buffer = message().buffer();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        buffer.spill();
                        return Optional.<Response>empty();
                    } catch (IOException e) {
                        LOG.warn("cannot write a message to {}: {}", service.spillDirectory(), e.toString());
                        return Optional.of(Replies.last(452, "4.3.1", "no room for the message, try again later"));
                    }
                },
                service.workers());
    }

    /** The reply to the final dot or to the chunk; {@link #finished} follows it. */
    CompletionStage<Optional<Response>> finish() {
        Optional<Response> early =
                chunk.flatMap(this::answer).or(() -> message().refusal().map(Replies::of));
        if (early.isPresent()) {
            if (!early.get().getRetCode().startsWith("2")) {
                LOG.info("message refused from {}: {}", session.getRemoteAddress(), Replies.text(early.get()));
            }
            return CompletableFuture.completedFuture(early);
        }
        IncomingMessage message = message();
        boolean mayBlock = receiver.orElseThrow().mayBlock() || message.buffer().isInFile();
        // Through a future even on this thread: what a hook or the spool throws is then an answer too
        CompletionStage<Response> reply = CompletableFuture.supplyAsync(
                        () -> receive(message), mayBlock ? service.workers() : Runnable::run)
                .thenCompose(stage -> stage);
        return reply.thenApply(Optional::of);
    }

    /** The answer to a chunk that is not the last of a message which can be taken. */
    private Optional<Response> answer(ChunkReady open) {
        if (open.refusal().isPresent()) {
            return open.refusal();
        }
        if (open.last()) {
            message().endChunks();
            return Optional.empty();
        }
        return Optional.of(message()
                .refusal()
                .map(Replies::of)
                .orElseGet(() -> Replies.of(250, "2.0.0", open.size() + " octets received")));
    }

    private CompletionStage<Response> receive(IncomingMessage message) {
        Duration patience = service.limits().store();
        try {
            return receiver.orElseThrow()
                    .receive(session, message.name(), message.buffer().content(), service.workers())
                    .completeOnTimeout(
                            Replies.of(451, "4.3.0", "storing takes too long, try again later"),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the transaction (RFC 5321 §4.1.1.4), unless more chunks are to come. */
    void finished() {
        boolean more =
                chunk.filter(done -> !done.last() || done.refusal().isPresent()).isPresent();
        chunk = Optional.empty();
        if (!more) {
            close();
            session.resetState();
        }
    }

    /** Gives memory and file back. */
    void close() {
        incoming.ifPresent(message -> {
            try {
                message.close();
            } catch (IOException e) {
                LOG.warn("cannot remove the file of a message: {}", e.toString());
            }
        });
        incoming = Optional.empty();
        receiver = Optional.empty();
        chunk = Optional.empty();
        chunked = false;
        timer.messageEnded();
    }

    private IncomingMessage message() {
        return incoming.orElseThrow(() -> new IllegalStateException("no message is being received"));
    }
}
