// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * Goes through bytes line by line without copying them; a line ends with CRLF, or with a CR or LF of its own.
 *
 * <p>Of a long line only the start is kept, the same whether the bytes come from memory or from a stream. For one thread.
 */
final class LineReader {
    /** So much of a line is kept. */
    static final int KEPT = 64 * 1024;

    private static final int BUFFER = 2 * KEPT;

    private final InputStream in;
    private final boolean mayMove;
    private final byte[] buffer;
    private int limit;
    private int next;
    /** The offset of the byte at index 0, but for dropped bytes of a long line. */
    private long base;

    private int from;
    private int length;
    private long start;
    private long end;
    private boolean bare;

    LineReader(byte[] bytes) {
        this.in = InputStream.nullInputStream();
        this.mayMove = false;
        this.buffer = bytes;
        this.limit = bytes.length;
    }

    /** @param most so many bytes come at most */
    LineReader(InputStream in, long most) {
        this.in = in;
        this.mayMove = true;
        // A message may have thousands of small parts: where all fits, one byte more shows that nothing else comes
        this.buffer = new byte[(int) Math.min(BUFFER, most + 1)];
    }

    /** Moves to the next line; false when there is none. */
    boolean next() throws IOException {
        from = next;
        start = base + next;
        if (next == limit && !refill()) {
            return false;
        }
        int i = next;
        while (true) {
            while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
                i++;
            }
            if (i < limit) {
                break;
            }
            next = i;
            if (!refill()) {
                bare = false;
                return line(limit, 0);
            }
            i = next;
        }
        if (buffer[i] == '\n') {
            bare = true;
            return line(i, 1);
        }
        next = i;
        if (i + 1 == limit) {
            boolean more = refill();
            i = next;
            if (!more) {
                bare = true;
                return line(i, 1);
            }
        }
        bare = buffer[i + 1] != '\n';
        return line(i, bare ? 1 : 2);
    }

    private boolean line(int stop, int lineEnd) {
        length = Math.min(stop - from, KEPT);
        end = base + stop;
        next = stop + lineEnd;
        return true;
    }

    /** Gets more bytes behind {@code next}, which keeps its meaning; the line that has begun is kept. */
    private boolean refill() throws IOException {
        if (!mayMove) {
            return false;
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
            base += from;
            next -= from;
            limit -= from;
            from = 0;
        } else if (limit == buffer.length) {
            // A long line: what is behind its kept start is dropped, but for the byte that may be a CR
            int dropped = next - KEPT;
            System.arraycopy(buffer, next, buffer, KEPT, limit - next);
            base += dropped;
            limit -= dropped;
            next = KEPT;
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    /** The bytes in which the line stands. */
    byte[] bytes() {
        return buffer;
    }

    /** Where in {@link #bytes} it starts. */
    int from() {
        return from;
    }

    /** How much of it is kept, without its end. */
    int length() {
        return length;
    }

    /** Whether there is more of it than is kept. */
    boolean isCut() {
        return end - start > KEPT;
    }

    /** The offset of its first byte. */
    long start() {
        return start;
    }

    /** The offset behind its last byte, where its line end starts. */
    long end() {
        return end;
    }

    /** The offset behind its line end. */
    long after() {
        return base + next;
    }

    /** Whether it ends with a CR or LF alone. */
    boolean isBare() {
        return bare;
    }
}
