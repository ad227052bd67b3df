// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * MAIL, RCPT, DATA and the message on a ready session (RFC 5321 §3.3, groups of commands RFC 2920 §3.1).
 *
 * <p>With PIPELINING the envelope and DATA leave in one write. When the server answers 354 although it has refused all
 * recipients, a lone dot ends that (RFC 2920 §3.1). Lives on the channel's event loop; ends exactly once.
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
    private final @Nullable Verdict[] verdicts;

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
        this.verdicts = new Verdict[message.recipients().size()];
    }

    /** @param reset whether the session must forget an earlier transaction first */
    void begin(boolean reset) {
        if (features.pipelining()) {
            if (reset) {
                dialogue.command("RSET", "RSET", timeouts.command(), this::answeredReset);
            }
            mail();
            for (int i = 0; i < verdicts.length; i++) {
                rcpt(i);
            }
            data();
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
            decideAll(Kind.LATER, reply);
            // The session cannot be used again, which says nothing about this message
            end(true);
        } else if (!features.pipelining()) {
            mail();
            dialogue.flush();
        }
    }

    private void mail() {
        dialogue.command(Commands.mail(message, features), "MAIL", timeouts.command(), this::answeredMail);
    }

    private void answeredMail(Reply reply) {
        if (reused && !answered && reply.code() == 421) {
            closing = true;
            decideAll(Kind.LATER, reply);
            end(true);
            return;
        }
        answered = true;
        if (!reply.isPositive()) {
            mailRefused = true;
            decideAll(ReplyMeaning.meaning(reply), reply);
        }
        next(reply, 0);
    }

    private void rcpt(int index) {
        EnvelopeRecipient recipient = message.recipients().get(index);
        dialogue.command(
                Commands.rcpt(recipient, features), "RCPT", timeouts.command(), reply -> answeredRcpt(index, reply));
    }

    private void answeredRcpt(int index, Reply reply) {
        if (reply.isPositive()) {
            accepted++;
        } else {
            decide(index, ReplyMeaning.meaningForRecipient(reply, accepted > 0), reply);
        }
        next(reply, index + 1);
    }

    /** Sends the next command when commands go one by one, and leaves when the server does. */
    private void next(Reply reply, int recipient) {
        if (reply.code() == 421) {
            closing = true;
            decideAll(Kind.LATER, reply);
            end(false);
        } else if (!features.pipelining()) {
            if (mailRefused || (recipient == verdicts.length && !someAccepted())) {
                end(false);
            } else {
                if (recipient < verdicts.length) {
                    rcpt(recipient);
                } else {
                    data();
                }
                dialogue.flush();
            }
        }
    }

    private void data() {
        dialogue.command("DATA", "DATA", timeouts.data(), this::answeredData);
    }

    private void answeredData(Reply reply) {
        if (reply.code() == 354) {
            boolean wanted = someAccepted();
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
                firstChunkUsed = true;
                writer = new BodyWriter(dialogue, source, blocking, timeouts.block(), this);
                writer.begin(firstChunk);
            } else if (!done) {
                dialogue.context()
                        .writeAndFlush(io.netty.buffer.Unpooled.copiedBuffer(
                                ".\r\n", java.nio.charset.StandardCharsets.US_ASCII));
            }
            return;
        }
        closing |= reply.code() == 421 || reply.code() < 400;
        decideAll(ReplyMeaning.meaning(reply), reply);
        end(false);
    }

    @Override
    public void written() {
        if (!done) {
            dotWritten = true;
            dialogue.retime(timeouts.finalReply());
        }
    }

    @Override
    public void unreadable(IOException cause) {
        decideAll(Kind.LATER, Reply.of(451, "4.3.0", "the stored message cannot be read: " + cause.getMessage()));
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
        decideAll(reply.isPositive() ? Kind.ACCEPTED : strange ? Kind.IN_DOUBT : ReplyMeaning.meaning(reply), reply);
        end(false);
    }

    private void answeredInLmtp(Reply reply, int index) {
        if (!dotWritten || (reply.code() >= 300 && reply.code() < 400)) {
            answeredMessage(reply);
        } else {
            closing |= reply.code() == 421;
            decide(index, reply.isPositive() ? Kind.ACCEPTED : ReplyMeaning.meaning(reply), reply);
        }
    }

    /** The connection is gone. */
    void lost(Loss loss) {
        closing = true;
        boolean stale = reused && !answered && loss.kind() != Loss.Kind.TIME_OUT && loss.kind() != Loss.Kind.ABORTED;
        decideAll(dotWritten ? Kind.IN_DOUBT : Kind.LATER, loss.reply());
        end(stale);
    }

    private boolean someAccepted() {
        for (Verdict verdict : verdicts) {
            if (verdict == null) {
                return true;
            }
        }
        return false;
    }

    private void decide(int index, Kind kind, Reply reply) {
        if (verdicts[index] == null) {
            verdicts[index] = new Verdict(kind, reply);
        }
    }

    private void decideAll(Kind kind, Reply reply) {
        for (int i = 0; i < verdicts.length; i++) {
            decide(i, kind, reply);
        }
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
        List<Verdict> all = new ArrayList<>(verdicts.length);
        for (Verdict verdict : verdicts) {
            all.add(verdict == null ? new Verdict(Kind.LATER, ReplyMeaning.undecided()) : verdict);
        }
        whenDone.accept(new TransactionResult(all, !closing, stale));
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
        return Arrays.stream(verdicts).noneMatch(v -> v != null && v.kind() == Kind.ACCEPTED);
    }
}
