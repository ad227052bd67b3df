// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;

/** How the chunks of a message go over the wire; one object per message, on the event loop. */
interface Framing {
    /**
     * Writes a chunk without flushing it.
     *
     * @param chunk backed by an array; is released
     * @param last whether the message ends with it
     * @return when these bytes have left
     */
    ChannelFuture write(ByteBuf chunk, boolean last);

    /** Calls once, when the next chunk may be written. */
    void whenReady(Runnable next);

    /** Behind the 354: dots doubled, the final dot at the end (RFC 5321 §4.5.2). */
    final class Dotted implements Framing {
        private final Dialogue dialogue;
        private final DotStuffing stuffing = new DotStuffing();

        Dotted(Dialogue dialogue) {
            this.dialogue = dialogue;
        }

        @Override
        public ChannelFuture write(ByteBuf chunk, boolean last) {
            var channel = dialogue.context().channel();
            ByteBuf bytes = stuffing.encode(chunk, channel.alloc());
            ChannelFuture written = channel.write(bytes);
            return last ? channel.write(stuffing.end()) : written;
        }

        @Override
        public void whenReady(Runnable next) {
            dialogue.whenWritable(next);
        }
    }
}
