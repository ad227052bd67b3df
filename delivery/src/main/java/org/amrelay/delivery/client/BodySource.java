// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import org.amrelay.mail.message.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message in chunks.
 *
 * <p>For one thread at a time. {@link #next} blocks on the disk unless {@link #isInMemory}.
 */
final class BodySource implements AutoCloseable {
    /** Large enough that nearly all messages are one chunk, small enough for a thousand of them at once. */
    static final int CHUNK = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final @Nullable InputStream stream;
    private final byte[] memory;
    private int position;
    private boolean atEnd;

    private BodySource(ByteBufAllocator allocator, @Nullable InputStream stream, byte[] memory) {
        this.allocator = allocator;
        this.stream = stream;
        this.memory = memory;
    }

    static BodySource open(MessageContent content, ByteBufAllocator allocator) throws IOException {
        return content instanceof MessageContent.InMemory inMemory
                ? new BodySource(allocator, null, inMemory.shared())
                : new BodySource(allocator, content.open(), new byte[0]);
    }

    /** Whether a content is read without touching a disk. */
    static boolean isInMemory(MessageContent content) {
        return content instanceof MessageContent.InMemory;
    }

    /** The next chunk, backed by an array; empty (no bytes) at the end only. */
    ByteBuf next() throws IOException {
        InputStream in = stream;
        if (in == null) {
            int length = Math.min(CHUNK, memory.length - position);
            ByteBuf chunk = Unpooled.wrappedBuffer(memory, position, length);
            position += length;
            atEnd = position == memory.length;
            return chunk;
        }
        ByteBuf chunk = allocator.heapBuffer(CHUNK, CHUNK);
        boolean read = false;
        try {
            while (chunk.isWritable() && !atEnd) {
                atEnd = chunk.writeBytes(in, chunk.writableBytes()) < 0;
            }
            read = true;
            return chunk;
        } finally {
            if (!read) {
                chunk.release();
            }
        }
    }

    /** Whether the last chunk is known to have been the last one. */
    boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public void close() throws IOException {
        InputStream in = stream;
        if (in != null) {
            in.close();
        }
    }
}
