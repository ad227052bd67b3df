// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that a view reads in any place: in memory when they are few, else in a file. Safe for several threads. */
interface ViewSource {
    InputStream open(long from, long to) throws IOException;

    LineReader lines() throws IOException;

    long size();

    /** The bytes of a message; copied to the disk when they are many and not in memory already. */
    static ViewSource of(MessageContent content, ViewLimits limits) throws IOException {
        if (content instanceof MessageContent.InMemory held) {
            return new Held(held.shared());
        }
        if (content instanceof SpilledContent spilled) {
            return spilled.source();
        }
        try (InputStream in = content.open()) {
            return of(in, limits);
        }
    }

    /** Reads the stream to its end, or to the limit of a decoded part. */
    static ViewSource of(InputStream in, ViewLimits limits) throws IOException {
        byte[] first = in.readNBytes(limits.heldBytes() + 1);
        return first.length <= limits.heldBytes() ? new Held(first) : SpilledBytes.of(first, in, limits.decodedBytes());
    }

    /** In memory. */
    record Held(byte[] bytes) implements ViewSource {
        @Override
        public InputStream open(long from, long to) {
            return new ByteArrayInputStream(bytes, (int) from, (int) (to - from));
        }

        @Override
        public LineReader lines() {
            return new LineReader(bytes);
        }

        @Override
        public long size() {
            return bytes.length;
        }
    }
}
