// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.amrelay.mail.message.MessageContent;

/**
 * A message with another header than it came with: the new header in memory, the body from where it is kept.
 *
 * @param header all fields and the empty line after them; not changed any more
 * @param bodyAt where the body begins in the original
 */
record HeaderBeforeBody(byte[] header, MessageContent original, long bodyAt) implements MessageContent {
    @Override
    public InputStream open() throws IOException {
        InputStream body = original.open();
        body.skipNBytes(bodyAt);
        return new SequenceInputStream(new ByteArrayInputStream(header), body);
    }

    @Override
    public long size() {
        return header.length + original.size() - bodyAt;
    }

    /** The same header before the same body, which need not be read to know it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderBeforeBody message
                && original == message.original
                && bodyAt == message.bodyAt
                && Arrays.equals(header, message.header);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(header);
    }
}
