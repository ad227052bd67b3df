// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.function.Consumer;
import org.amrelay.mail.reply.Reply;

/**
 * Each chunk behind a BDAT command that counts its octets, the last one marked (RFC 3030 §2).
 *
 * <p>With PIPELINING the next chunk does not wait for the reply to the last (RFC 3030 §4.2). Lives on the event loop.
 */
final class ChunkFraming implements Framing {
    private final Dialogue dialogue;
    private final ServerFeatures features;
    private final SmtpTimeouts timeouts;
    private final Consumer<Reply> whenRefused;
    private final Consumer<Reply> whenAnswered;
    private final DotStuffing lines = DotStuffing.none();
    private Runnable waiting = () -> {};
    private boolean answered = true;

    /**
     * @param whenRefused hears a negative reply to a chunk before the last; nothing else is heard after it
     * @param whenAnswered hears the reply to the last chunk
     */
    ChunkFraming(
            Dialogue dialogue,
            ServerFeatures features,
            SmtpTimeouts timeouts,
            Consumer<Reply> whenRefused,
            Consumer<Reply> whenAnswered) {
        this.dialogue = dialogue;
        this.features = features;
        this.timeouts = timeouts;
        this.whenRefused = whenRefused;
        this.whenAnswered = whenAnswered;
    }

    @Override
    public ChannelFuture write(ByteBuf chunk, boolean last) {
        Channel channel = dialogue.context().channel();
        ByteBuf bytes = lines.encode(chunk, channel.alloc());
        ByteBuf end = Unpooled.wrappedBuffer(last ? lines.missingLineEnd() : new byte[0]);
        int size = bytes.readableBytes() + end.readableBytes();
        if (last) {
            dialogue.command("BDAT " + size + " LAST", "the message", timeouts.block(), whenAnswered);
        } else {
            answered = false;
            dialogue.command("BDAT " + size, "a chunk of the message", timeouts.block(), this::answeredChunk);
        }
        channel.write(bytes, channel.voidPromise());
        return channel.write(end);
    }

    private void answeredChunk(Reply reply) {
        if (!reply.isPositive()) {
            whenRefused.accept(reply);
            return;
        }
        answered = true;
        Runnable next = waiting;
        waiting = () -> {};
        next.run();
    }

    @Override
    public void whenReady(Runnable next) {
        if (features.pipelining() || answered) {
            dialogue.whenWritable(next);
        } else {
            waiting = () -> dialogue.whenWritable(next);
        }
    }
}
