// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;

/**
 * Turns what foreign decoders throw at damaged bytes into an {@link IOException}.
 *
 * <p>They index tables with numbers from the file; these exceptions are how such a number shows, and none is a fault of ours.
 * {@link java.io.UncheckedIOException} is none of them: it is our disk.
 */
final class NamedFailures extends FilterInputStream {
    /** A reading that a damaged file may end. */
    interface Reading<T> {
        T read() throws IOException;
    }

    NamedFailures(InputStream decoder) {
        super(decoder);
    }

    static <T> T call(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | BufferUnderflowException damaged) {
            throw new IOException("damaged", damaged);
        }
    }

    @Override
    public int read() throws IOException {
        return call(super::read);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return call(() -> super.read(target, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
        return call(() -> super.skip(count));
    }
}
