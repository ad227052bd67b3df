// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The decoded bytes of an encoded body, decoded as they are read. For one thread; closing it closes what it reads. */
final class DecodingStream extends DamageStream {
    private static final int PIECE = 8192;

    private final InputStream in;
    private final Decoding decoding;
    private final byte[] encoded = new byte[PIECE];
    private final byte[] decoded;
    private int next;
    private int filled;
    private boolean ended;

    DecodingStream(InputStream in, Decoding decoding) {
        this.in = in;
        this.decoding = decoding;
        this.decoded = new byte[decoding.most(PIECE)];
    }

    @Override
    public boolean isDamaged() {
        return decoding.isDamaged();
    }

    private boolean fill() throws IOException {
        while (next == filled && !ended) {
            int read = in.read(encoded, 0, PIECE);
            next = 0;
            if (read < 0) {
                ended = true;
                filled = decoding.end(decoded);
            } else {
                filled = decoding.feed(encoded, 0, read, decoded);
            }
        }
        return next < filled;
    }

    @Override
    public int read() throws IOException {
        return fill() ? decoded[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int given = Math.min(length, filled - next);
        System.arraycopy(decoded, next, target, offset, given);
        next += given;
        return given;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
