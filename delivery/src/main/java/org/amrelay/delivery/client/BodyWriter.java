// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message to its end, no faster than the peer takes it.
 *
 * <p>Lives on the event loop; chunks that come from a disk are read on the blocking executor, one at a time.
 */
final class BodyWriter {
    /** Told once. */
    interface Listener {
        /** All bytes with the end of the message have left; from now on the peer may have the message. */
        void written();

        /** The message cannot be read any further; the connection must not see an end. */
        void unreadable(IOException cause);
    }

    private final Dialogue dialogue;
    private final BodySource source;
    private final @Nullable Executor blocking;
    private final Listener listener;
    private final Framing framing;
    private boolean cancelled;

    /** @param blocking where to read; null when the source is in memory */
    BodyWriter(Dialogue dialogue, Framing framing, BodySource source, @Nullable Executor blocking, Listener listener) {
        this.dialogue = dialogue;
        this.framing = framing;
        this.source = source;
        this.blocking = blocking;
        this.listener = listener;
    }

    /** Begins with a chunk that has been read already. */
    void begin(ByteBuf first) {
        write(first);
    }

    private void write(ByteBuf chunk) {
        dialogue.progressed();
        boolean last = source.isAtEnd();
        ChannelFuture written = framing.write(chunk, last);
        if (last) {
            written.addListener(future -> {
                if (future.isSuccess()) {
                    listener.written();
                }
            });
        }
        dialogue.flush();
        if (!last) {
            framing.whenReady(this::readNext);
        }
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
