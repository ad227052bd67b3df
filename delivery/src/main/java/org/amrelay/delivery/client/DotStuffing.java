// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Makes a message fit for DATA: a dot more at lines that begin with one (RFC 5321 §4.5.2), CRLF at the end, final dot.
 * Or for BDAT, which counts octets and so needs no dots (RFC 3030 §2); line ends are the same there, since BINARYMIME is
 * not spoken.
 *
 * <p>A chunk that needs no change passes through without being copied. A CR or LF that stands alone becomes CRLF, so that
 * no two servers can disagree about where the message ends. Keeps its place between chunks; one object per message. Not
 * safe for several threads.
 */
final class DotStuffing {
    private static final String FINAL_DOT = ".\r\n";

    private final boolean dots;
    private boolean atLineStart = true;
    private boolean afterCr;

    /** For DATA. */
    DotStuffing() {
        this(true);
    }

    private DotStuffing(boolean dots) {
        this.dots = dots;
    }

    /** For BDAT. */
    static DotStuffing none() {
        return new DotStuffing(false);
    }

    /**
     * The chunk in the form for the wire.
     *
     * @param chunk backed by an array; is released or returned
     */
    ByteBuf encode(ByteBuf chunk, ByteBufAllocator allocator) {
        byte[] bytes = chunk.array();
        int from = chunk.arrayOffset() + chunk.readerIndex();
        int end = from + chunk.readableBytes();
        int regular = firstChange(bytes, from, end);
        if (regular == end) {
            return chunk;
        }
        // Room for some dots; grows by itself for messages that are made of them
        ByteBuf out = allocator.heapBuffer(end - from + 64);
        out.writeBytes(bytes, from, regular - from);
        rewrite(bytes, regular, end, out);
        chunk.release();
        return out;
    }

    /** Index of the first byte that cannot pass as it is, or the end; the state is that before this byte. */
    private int firstChange(byte[] bytes, int from, int end) {
        boolean start = atLineStart;
        boolean cr = afterCr;
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (cr != (b == '\n') || (dots && start && b == '.')) {
                break;
            }
            start = b == '\n';
            cr = b == '\r';
            i++;
        }
        atLineStart = start;
        afterCr = cr;
        return i;
    }

    private void rewrite(byte[] bytes, int from, int end, ByteBuf out) {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (afterCr && b != '\n') {
                out.writeByte('\n');
                atLineStart = true;
            } else if (!afterCr && b == '\n') {
                out.writeByte('\r');
            }
            if (dots && atLineStart && b == '.') {
                out.writeByte('.');
            }
            out.writeByte(b);
            atLineStart = b == '\n';
            afterCr = b == '\r';
        }
    }

    /** The line end that the last chunk lacks, if any. */
    byte[] missingLineEnd() {
        return (afterCr ? "\n" : atLineStart ? "" : "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What follows the last chunk of DATA: the missing line end, if any, and the final dot. */
    ByteBuf end() {
        return Unpooled.wrappedBuffer(missingLineEnd(), FINAL_DOT.getBytes(StandardCharsets.US_ASCII));
    }
}
