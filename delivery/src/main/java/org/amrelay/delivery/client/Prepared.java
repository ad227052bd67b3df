// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message of which the first chunk has been read, so that an unreadable one is found before the server is bothered.
 *
 * @param blocking where the rest is read; null when all is in memory
 */
record Prepared(
        Outgoing message,
        BodySource source,
        ByteBuf firstChunk,
        @Nullable Executor blocking) {
    private static final Logger LOG = LoggerFactory.getLogger(Prepared.class);

    /** Blocks on the disk unless the content is in memory. */
    static Prepared read(Outgoing message, ByteBufAllocator allocator, @Nullable Executor blocking) throws IOException {
        BodySource source = BodySource.open(message.content(), allocator);
        boolean read = false;
        try {
            Prepared prepared = new Prepared(message, source, source.next(), blocking);
            read = true;
            return prepared;
        } finally {
            if (!read) {
                closeNow(source);
            }
        }
    }

    /** The same for some of the recipients, at least one. */
    Prepared to(List<EnvelopeRecipient> recipients) {
        return recipients.size() == message.recipients().size()
                ? this
                : new Prepared(message.to(recipients), source, firstChunk, blocking);
    }

    /** Frees what belongs to a message that is not sent after all. */
    void discard() {
        firstChunk.release();
        close(source, blocking);
    }

    static void close(BodySource source, @Nullable Executor blocking) {
        if (blocking != null) {
            blocking.execute(() -> closeNow(source));
        }
    }

    private static void closeNow(BodySource source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.warn("a message was read, but cannot be closed: {}", e.getMessage());
        }
    }
}
