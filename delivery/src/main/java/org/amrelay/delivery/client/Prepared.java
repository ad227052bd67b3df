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
 * @param headerNeedsUtf8 whether the header alone makes it a message for SMTPUTF8
 * @param remark what people should know about the form in which it is sent; empty when it is sent as it is
 */
record Prepared(
        Outgoing message,
        BodySource source,
        ByteBuf firstChunk,
        @Nullable Executor blocking,
        boolean headerNeedsUtf8,
        String remark) {
    private static final Logger LOG = LoggerFactory.getLogger(Prepared.class);

    /** Blocks on the disk unless the content is in memory. */
    static Prepared read(Outgoing message, ByteBufAllocator allocator, @Nullable Executor blocking, String remark)
            throws IOException {
        BodySource source = BodySource.open(message.content(), allocator);
        boolean read = false;
        try {
            ByteBuf first = source.next();
            read = true;
            return new Prepared(message, source, first, blocking, Internationalisation.ofHeader(first), remark);
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
                : new Prepared(message.to(recipients), source, firstChunk, blocking, headerNeedsUtf8, remark);
    }

    /** Whether the transaction must be one of SMTPUTF8; a domain alone does not need it (RFC 6531 §3.2). */
    boolean needsUtf8() {
        return headerNeedsUtf8
                || !message.sender().address().map(Commands::fitsIntoAscii).orElse(true)
                || message.recipients().stream().anyMatch(r -> !Commands.fitsIntoAscii(r.address()));
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
