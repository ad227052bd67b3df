// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.amrelay.mail.message.MessageContent;

/** Reads a message so that trouble with our disk is not taken for trouble with a scanner. For one thread. */
final class MessageReading implements AutoCloseable {
    private final InputStream in;

    private MessageReading(InputStream in) {
        this.in = in;
    }

    static MessageReading of(MessageContent message) {
        try {
            return new MessageReading(message.open());
        } catch (IOException e) {
            throw new UncheckedIOException("the message cannot be read", e);
        }
    }

    /** @return how many octets were read; fewer than asked for at the end only */
    int read(byte[] into, int offset, int length) {
        try {
            return in.readNBytes(into, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the message cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the message cannot be read", e);
        }
    }
}
