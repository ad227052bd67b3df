// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message behind the 354, no faster than the peer takes it, and the final dot.
 *
 * <p>Lives on the event loop; chunks that come from a disk are read on the blocking executor, one at a time.
 */
final class BodyWriter {
    /** Told once. */
    interface Listener {
        /** All bytes with the final dot have left; from now on the peer may have the message. */
        void written();

        /** The message cannot be read any further; the connection must not see a final dot. */
        void unreadable(IOException cause);
    }

    private final Dialogue dialogue;
    private final BodySource source;
    private final @Nullable Executor blocking;
    private final Duration block;
    private final Listener listener;
    private final DotStuffing stuffing = new DotStuffing();
    private boolean cancelled;

    /** @param blocking where to read; null when the source is in memory */
    BodyWriter(Dialogue dialogue, BodySource source, @Nullable Executor blocking, Duration block, Listener listener) {
        this.dialogue = dialogue;
        this.source = source;
        this.blocking = blocking;
        this.block = block;
        this.listener = listener;
    }

    /** Begins with a chunk that has been read already. */
    void begin(ByteBuf first) {
        write(first);
    }

    private void write(ByteBuf chunk) {
        Channel channel = dialogue.context().channel();
        dialogue.retime(block);
        if (chunk.isReadable()) {
            channel.write(stuffing.encode(chunk, channel.alloc()), channel.voidPromise());
        } else {
            chunk.release();
        }
        if (source.isAtEnd()) {
            channel.writeAndFlush(stuffing.end()).addListener(future -> {
                if (future.isSuccess()) {
                    listener.written();
                }
            });
            return;
        }
        channel.flush();
        dialogue.whenWritable(this::readNext);
    }

    private void readNext() {
        if (cancelled) {
            return;
        }
        Executor elsewhere = blocking;
        if (elsewhere == null) {
            readHere();
        } else {
            elsewhere.execute(this::readElsewhere);
        }
    }

    private void readHere() {
        try {
            // By way of the loop: a peer that takes all at once must not make this a deep recursion
            ByteBuf chunk = source.next();
            dialogue.context().executor().execute(() -> continueWith(chunk));
        } catch (IOException e) {
            listener.unreadable(e);
        }
    }

    private void readElsewhere() {
        try {
            ByteBuf chunk = source.next();
            dialogue.context().executor().execute(() -> continueWith(chunk));
        } catch (IOException e) {
            dialogue.context().executor().execute(() -> {
                if (!cancelled) {
                    listener.unreadable(e);
                }
            });
        }
    }

    private void continueWith(ByteBuf chunk) {
        if (cancelled || dialogue.isLost()) {
            chunk.release();
        } else {
            write(chunk);
        }
    }

    /** Writes nothing more. */
    void cancel() {
        cancelled = true;
    }
}
