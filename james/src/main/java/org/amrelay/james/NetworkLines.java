// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Makes every line end CRLF: a bare LF or a bare CR becomes one, CRLF stays. For one thread. */
final class NetworkLines extends FilterInputStream {
    private static final int NOTHING = -2;

    private final byte[] buffer = new byte[8192];
    private int next;
    private int filled;
    /** A byte that is due before the next of the buffer. */
    private int pending = NOTHING;

    NetworkLines(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (pending != NOTHING) {
            int due = pending;
            pending = NOTHING;
            return due;
        }
        int c = take();
        if (c == '\r') {
            if (peek() == '\n') {
                next++;
            }
            pending = '\n';
            return '\r';
        }
        if (c == '\n') {
            pending = '\n';
            return '\r';
        }
        return c;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int c = read();
            if (c < 0) {
                break;
            }
            target[offset + done++] = (byte) c;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private int take() throws IOException {
        int c = peek();
        if (c >= 0) {
            next++;
        }
        return c;
    }

    private int peek() throws IOException {
        if (next == filled) {
            filled = Math.max(in.read(buffer, 0, buffer.length), 0);
            next = 0;
        }
        return next == filled ? -1 : buffer[next] & 0xff;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
