// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * MAIL, RCPT and the message, by DATA or by BDAT, on a ready session (RFC 5321 §3.3, groups of commands RFC 2920 §3.1,
 * BDAT RFC 3030).
 *
 * <p>With PIPELINING the envelope and DATA leave in one write, and on a new session even the message when BDAT carries it
 * in one chunk. On a session that has carried mail it waits for the recipients: had the session ended meanwhile, nobody
 * would know whether the message was taken. When the server answers 354 although it has refused all recipients, a lone
 * dot ends that (RFC 2920 §3.1). Lives on the channel's event loop; ends exactly once.
 */
final class SmtpTransaction implements BodyWriter.Listener {
    private final Dialogue dialogue;
    private final ServerFeatures features;
    private final SmtpTimeouts timeouts;
    private final Outgoing message;
    private final BodySource source;
    private final ByteBuf firstChunk;
    private final @Nullable Executor blocking;
    private final boolean reused;
    private final Consumer<TransactionResult> whenDone;
    private final RecipientVerdicts verdicts;
    private final boolean utf8;
    private final boolean wholeAtOnce;

    private @Nullable BodyWriter writer;
    private int accepted;
    private boolean firstChunkUsed;
    private boolean answered;
    private boolean dotWritten;
    private boolean mailRefused;
    private boolean closing;
    private boolean done;

    SmtpTransaction(
            Dialogue dialogue,
            ServerFeatures features,
            SmtpTimeouts timeouts,
            Prepared prepared,
            boolean reused,
            Consumer<TransactionResult> whenDone) {
        this.dialogue = dialogue;
        this.features = features;
        this.timeouts = timeouts;
        this.message = prepared.message();
        this.source = prepared.source();
        this.firstChunk = prepared.firstChunk();
        this.blocking = prepared.blocking();
        this.reused = reused;
        this.whenDone = whenDone;
        this.verdicts = new RecipientVerdicts(message.recipients().size());
        this.utf8 = prepared.needsUtf8();
        this.wholeAtOnce = features.chunking() && features.pipelining() && !reused && source.isAtEnd();
    }

    /** @param reset whether the session must forget an earlier transaction first */
    void begin(boolean reset) {
        if (features.pipelining()) {
            if (reset) {
                dialogue.command("RSET", "RSET", timeouts.command(), this::answeredReset);
            }
            mail();
            for (int i = 0; i < verdicts.count(); i++) {
                rcpt(i);
            }
            if (wholeAtOnce) {
                chunks();
            } else if (!features.chunking()) {
                data();
            }
        } else if (reset) {
            dialogue.command("RSET", "RSET", timeouts.command(), this::answeredReset);
        } else {
            mail();
        }
        dialogue.flush();
    }

    private void answeredReset(Reply reply) {
        if (!reply.isPositive()) {
            closing = true;
            verdicts.decideAll(Kind.LATER, reply);
            // The session cannot be used again, which says nothing about this message
            end(true);
        } else if (!features.pipelining()) {
            mail();
            dialogue.flush();
        }
    }

    private void mail() {
        dialogue.command(Commands.mail(message, features, utf8), "MAIL", timeouts.command(), this::answeredMail);
    }

    private void answeredMail(Reply reply) {
        if (reused && !answered && reply.code() == 421) {
            closing = true;
            verdicts.decideAll(Kind.LATER, reply);
            end(true);
            return;
        }
        answered = true;
        if (!reply.isPositive()) {
            mailRefused = true;
            verdicts.decideAll(ReplyMeaning.meaning(reply), reply);
        }
        next(reply, 0);
    }

    private void rcpt(int index) {
        EnvelopeRecipient recipient = message.recipients().get(index);
        dialogue.command(
                Commands.rcpt(recipient, features, utf8),
                "RCPT",
                timeouts.command(),
                reply -> answeredRcpt(index, reply));
    }

    private void answeredRcpt(int index, Reply reply) {
        if (reply.isPositive()) {
            accepted++;
        } else {
            verdicts.decide(index, ReplyMeaning.meaningForRecipient(reply, accepted > 0), reply);
        }
        next(reply, index + 1);
    }

    /** Sends the next command when commands go one by one, and leaves when the server does. */
    private void next(Reply reply, int recipient) {
        boolean all = recipient == verdicts.count();
        if (reply.code() == 421) {
            closing = true;
            verdicts.decideAll(Kind.LATER, reply);
            end(false);
        } else if (!features.pipelining() && !all && !mailRefused) {
            rcpt(recipient);
            dialogue.flush();
        } else if (!features.pipelining() || (all && features.chunking() && !wholeAtOnce)) {
            message();
        }
    }

    private void message() {
        if (!verdicts.someOpen()) {
            end(false);
        } else if (features.chunking()) {
            chunks();
        } else {
            data();
            dialogue.flush();
        }
    }

    private void chunks() {
        write(new ChunkFraming(dialogue, features, timeouts, this::refusedChunk, this::answeredMessage));
    }

    /** The chunks that are under way are refused as well; a new session is simpler than to hear them all. */
    private void refusedChunk(Reply reply) {
        closing = true;
        verdicts.decideAll(ReplyMeaning.meaning(reply), reply);
        end(false);
    }

    private void write(Framing framing) {
        firstChunkUsed = true;
        writer = new BodyWriter(dialogue, framing, source, blocking, this);
        writer.begin(firstChunk);
    }

    private void data() {
        dialogue.command("DATA", "DATA", timeouts.data(), this::answeredData);
    }

    private void answeredData(Reply reply) {
        if (reply.code() == 354) {
            boolean wanted = verdicts.someOpen();
            if (features.repliesPerRecipient()) {
                // A message for nobody gets no reply, so there is no way to go on
                closing |= !wanted;
                new LmtpReplies(dialogue, timeouts, verdicts, this::answeredInLmtp, () -> end(false)).begin();
            } else {
                dialogue.expect(
                        "the message",
                        wanted ? timeouts.block() : timeouts.finalReply(),
                        wanted ? this::answeredMessage : r -> end(false));
            }
            if (wanted) {
                write(new Framing.Dotted(dialogue));
            } else if (!done) {
                dialogue.context()
                        .writeAndFlush(io.netty.buffer.Unpooled.copiedBuffer(
                                ".\r\n", java.nio.charset.StandardCharsets.US_ASCII));
            }
            return;
        }
        closing |= reply.code() == 421 || reply.code() < 400;
        verdicts.decideAll(ReplyMeaning.meaning(reply), reply);
        end(false);
    }

    @Override
    public void written() {
        if (!done) {
            dotWritten = true;
            dialogue.retimeLast(timeouts.finalReply());
        }
    }

    @Override
    public void unreadable(IOException cause) {
        verdicts.decideAll(
                Kind.LATER, Reply.of(451, "4.3.0", "the stored message cannot be read: " + cause.getMessage()));
        closing = true;
        end(false);
    }

    private void answeredMessage(Reply reply) {
        if (!dotWritten && reply.code() < 400) {
            // Cannot mean a message whose end the server has not seen
            dialogue.lose(new Loss(Loss.Kind.GARBLED, "the peer answered before the end of the message: " + reply));
            return;
        }
        boolean strange = reply.code() >= 300 && reply.code() < 400;
        // A server that asks for more input now would read the next commands as such
        closing = !dotWritten || strange || reply.code() == 421;
        verdicts.decideAll(
                reply.isPositive() ? Kind.ACCEPTED : strange ? Kind.IN_DOUBT : ReplyMeaning.meaning(reply), reply);
        end(false);
    }

    private void answeredInLmtp(Reply reply, int index) {
        if (!dotWritten || (reply.code() >= 300 && reply.code() < 400)) {
            answeredMessage(reply);
        } else {
            closing |= reply.code() == 421;
            verdicts.decide(index, reply.isPositive() ? Kind.ACCEPTED : ReplyMeaning.meaning(reply), reply);
        }
    }

    /** The connection is gone. */
    void lost(Loss loss) {
        closing = true;
        boolean stale = reused && !answered && loss.kind() != Loss.Kind.TIME_OUT && loss.kind() != Loss.Kind.ABORTED;
        verdicts.decideAll(dotWritten ? Kind.IN_DOUBT : Kind.LATER, loss.reply());
        end(stale);
    }

    private void end(boolean stale) {
        if (done) {
            return;
        }
        done = true;
        release();
        if (closing && !dialogue.isLost()) {
            dialogue.abandon();
        }
        whenDone.accept(new TransactionResult(verdicts.all(), !closing, stale));
    }

    private void release() {
        if (!firstChunkUsed) {
            firstChunk.release();
        }
        BodyWriter running = writer;
        if (running != null) {
            running.cancel();
        }
        Prepared.close(source, blocking);
    }

    /** Whether the next transaction must begin with RSET. */
    boolean leavesEnvelope() {
        return !verdicts.someAccepted();
    }
}
