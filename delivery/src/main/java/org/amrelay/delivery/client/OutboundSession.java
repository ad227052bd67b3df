// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.sevenbit.SevenBitContent;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A session with a server, ready for one message after the other.
 *
 * <p>One {@link #send} at a time. Methods are safe for several threads and do not block; stages complete on the event
 * loop, always normally.
 */
public final class OutboundSession {
    private final Dialogue dialogue;
    private final Channel channel;
    private final Target target;
    private final ServerFeatures features;
    private final String tls;
    private final boolean verified;
    private final SmtpTimeouts timeouts;
    private final Executor blocking;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private @Nullable SmtpTransaction current;
    private boolean resetFirst;
    private int sent;

    OutboundSession(
            Dialogue dialogue,
            Target target,
            ServerFeatures features,
            String tls,
            boolean verified,
            SmtpTimeouts timeouts,
            Executor blocking) {
        this.dialogue = dialogue;
        this.channel = dialogue.context().channel();
        this.target = target;
        this.features = features;
        this.tls = tls;
        this.verified = verified;
        this.timeouts = timeouts;
        this.blocking = blocking;
        channel.closeFuture().addListener(future -> closed.complete(null));
    }

    public Target target() {
        return target;
    }

    public ServerFeatures features() {
        return features;
    }

    /** Protocol and cipher, or empty text, or {@code none:} with the reason why TLS was tried in vain. */
    public String tls() {
        return tls;
    }

    /** Whether it is encrypted and the server has shown, by certificate, to be the one that the policy names. */
    public boolean isVerified() {
        return verified;
    }

    /** Completes when the connection has ended, for whatever reason. */
    public CompletionStage<Void> closed() {
        return closed;
    }

    /** Sends one message. */
    public CompletionStage<TransactionResult> send(Outgoing message) {
        CompletableFuture<TransactionResult> result = new CompletableFuture<>();
        if (features.eightBitMime() && BodySource.isInMemory(message.content())) {
            onLoop(() -> prepareAndBegin(message, result), result, message);
        } else {
            blocking.execute(() -> {
                try {
                    Prepared prepared = prepare(message);
                    onLoop(() -> begin(prepared, result), result, message);
                } catch (IOException e) {
                    result.complete(unreadable(message, e));
                }
            });
        }
        return result;
    }

    /** A server without 8BITMIME gets seven bits (RFC 6152 §3). */
    private Prepared prepare(Outgoing message) throws IOException {
        Optional<SevenBitContent> converted =
                features.eightBitMime() ? Optional.empty() : SevenBitContent.of(message.content());
        Outgoing fitting = converted.isPresent() ? message.with(converted.get()) : message;
        return Prepared.read(
                fitting,
                channel.alloc(),
                blocking,
                converted.map(SevenBitContent::remark).orElse(""));
    }

    private void onLoop(Runnable task, CompletableFuture<TransactionResult> result, Outgoing message) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            result.complete(untouched(message, Reply.of(451, "4.3.2", "the relay is shutting down"), false, false));
        }
    }

    private void prepareAndBegin(Outgoing message, CompletableFuture<TransactionResult> result) {
        try {
            begin(Prepared.read(message, channel.alloc(), null, ""), result);
        } catch (IOException e) {
            result.complete(unreadable(message, e));
        }
    }

    private void begin(Prepared prepared, CompletableFuture<TransactionResult> result) {
        Outgoing message = prepared.message();
        Screening screening = Screening.of(prepared, features);
        if (screening.passed().isEmpty()) {
            prepared.discard();
            result.complete(screening.complete(new TransactionResult(List.of(), true, false)));
        } else if (dialogue.isLost()) {
            prepared.discard();
            Reply gone = Reply.of(451, "4.4.2", "the connection was closed before the message");
            result.complete(untouched(message, gone, false, true));
        } else {
            SmtpTransaction transaction = new SmtpTransaction(
                    dialogue,
                    features,
                    timeouts,
                    prepared.to(screening.passed()),
                    sent > 0,
                    ended -> end(screening.complete(ended.with(prepared.remark())), result));
            current = transaction;
            transaction.begin(resetFirst);
        }
    }

    private void end(TransactionResult ended, CompletableFuture<TransactionResult> result) {
        SmtpTransaction transaction = current;
        resetFirst = transaction != null && transaction.leavesEnvelope();
        current = null;
        sent++;
        result.complete(ended);
    }

    private static TransactionResult unreadable(Outgoing message, IOException cause) {
        Reply reply = Reply.of(451, "4.3.0", "the stored message cannot be read: " + cause.getMessage());
        return untouched(message, reply, true, false);
    }

    private static TransactionResult untouched(Outgoing message, Reply reply, boolean reusable, boolean stale) {
        return new TransactionResult(same(message, new Verdict(Kind.LATER, reply)), reusable, stale);
    }

    private static List<Verdict> same(Outgoing message, Verdict verdict) {
        return Collections.nCopies(message.recipients().size(), verdict);
    }

    /** The dialogue has ended. */
    void lost(Loss loss) {
        SmtpTransaction transaction = current;
        if (transaction != null) {
            transaction.lost(loss);
        }
    }

    /** Says QUIT and closes soon; not while a message is sent. */
    public void quit() {
        run(() -> dialogue.quit(timeouts.quit()));
    }

    /** Closes at once; a message under way ends as later or in doubt. */
    public void abort() {
        run(() -> dialogue.lose(new Loss(Loss.Kind.ABORTED, "the relay is shutting down")));
    }

    private void run(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended and with it the connection
            closed.complete(null);
        }
    }
}
