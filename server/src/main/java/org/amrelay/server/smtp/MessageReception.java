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
 * The messages of one connection, one after the other: from 354 to the reply to the final dot.
 *
 * <p>{@link #spill} and {@link #finish} may work on the pool; until they are done nothing else is called. Otherwise for
 * the connection's event loop.
 */
final class MessageReception {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReception.class);

    private final SmtpService service;
    private final SMTPSession session;
    private Optional<IncomingMessage> incoming = Optional.empty();
    private Optional<Receiver> receiver = Optional.empty();

    MessageReception(SmtpService service, SMTPSession session) {
        this.service = service;
        this.session = session;
    }

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
    }

    boolean isOpen() {
        return incoming.isPresent();
    }

    int feed(byte[] bytes, int from, int to) {
        return message().feed(bytes, from, to);
    }

    boolean ended() {
        return message().ended();
    }

    boolean mustSpill() {
        return message().refusal().isEmpty() && message().buffer().mustSpill();
    }

    /** The last reply to a client that must not go on sending this message. */
    Optional<Response> interruption() {
        IncomingMessage message = message();
        Optional<Response> reply = message.violation()
                .map(FramingViolation::replyInMessage)
                .or(() -> message.refusal().filter(r -> message.exhaustsPatience()))
                .map(Replies::last);
        reply.ifPresent(r -> {
            LOG.info("message refused from {}: {}", session.getRemoteAddress(), Replies.text(r));
            close();
        });
        return reply;
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

    /** The reply to the final dot; {@link #reset} follows it. */
    CompletionStage<Optional<Response>> finish() {
        IncomingMessage message = message();
        Optional<Response> refusal = message.refusal().map(Replies::of);
        if (refusal.isPresent()) {
            LOG.info("message refused from {}: {}", session.getRemoteAddress(), Replies.text(refusal.get()));
            return CompletableFuture.completedFuture(refusal);
        }
        boolean mayBlock = receiver.orElseThrow().mayBlock() || message.buffer().isInFile();
        // Through a future even on this thread: what a hook or the spool throws is then an answer too
        CompletionStage<Response> reply = CompletableFuture.supplyAsync(
                        () -> receive(message), mayBlock ? service.workers() : Runnable::run)
                .thenCompose(stage -> stage);
        return reply.thenApply(Optional::of);
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

    /** Ends the transaction (RFC 5321 §4.1.1.4). */
    void reset() {
        close();
        session.resetState();
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
    }

    private IncomingMessage message() {
        return incoming.orElseThrow(() -> new IllegalStateException("no message is being received"));
    }
}
