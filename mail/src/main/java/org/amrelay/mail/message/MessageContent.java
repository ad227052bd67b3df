// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one message in network form (CRLF line ends, not dot-stuffed), readable as often as wanted.
 *
 * <p>The bytes do not change during the life of the object. Safe for several threads; each {@link #open} is its own
 * stream, which the caller closes.
 */
public interface MessageContent {
    /** Opens the bytes from the start; blocks on the disk when the message is not in memory. */
    InputStream open() throws IOException;

    /** Size in bytes. */
    long size();

    /** A message held in memory; the array is not copied and must not be changed any more. */
    static MessageContent of(byte[] bytes) {
        return new InMemory(bytes);
    }

    /** A message held in memory. */
    final class InMemory implements MessageContent {
        private final byte[] bytes;

        private InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long size() {
            return bytes.length;
        }

        /** The bytes themselves, not a copy, for writers that would otherwise copy; they must not be changed. */
        public byte[] shared() {
            return bytes;
        }
    }
}
