// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stretch of a stream: skips to its start when first read, ends at its end. For one thread. */
final class BoundedStream extends FilterInputStream {
    private long toSkip;
    private long left;

    BoundedStream(InputStream in, long from, long size) {
        super(in);
        this.toSkip = from;
        this.left = size;
    }

    private boolean isAtEnd() throws IOException {
        byte[] piece = new byte[(int) Math.min(8192, Math.max(toSkip, 0))];
        while (toSkip > 0) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, toSkip));
            if (read < 0) {
                left = 0;
                break;
            }
            toSkip -= read;
        }
        return left <= 0;
    }

    @Override
    public int read() throws IOException {
        if (isAtEnd()) {
            return -1;
        }
        left--;
        return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
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
    public boolean markSupported() {
        return false;
    }
}
