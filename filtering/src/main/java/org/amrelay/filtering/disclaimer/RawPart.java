// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.PartPlace;

/** One part as it stands in its message. */
record RawPart(MessagePart part, long headerStart, long bodyStart, long bodyEnd, byte[] header, byte[] body) {
    /** @param part has a place; the caller has looked at its size */
    static RawPart read(MessageContent message, MessagePart part) throws IOException {
        PartPlace place = part.place().orElseThrow();
        long bodyStart = place.bodyEnd() - part.encodedSize();
        try (InputStream in = message.open()) {
            in.skipNBytes(place.headerStart());
            return new RawPart(
                    part,
                    place.headerStart(),
                    bodyStart,
                    place.bodyEnd(),
                    exactly(in, bodyStart - place.headerStart()),
                    exactly(in, part.encodedSize()));
        }
    }

    private static byte[] exactly(InputStream in, long count) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(count));
        if (bytes.length < count) {
            throw new EOFException("the message became shorter");
        }
        return bytes;
    }

    /** The body, decoded. */
    byte[] decoded() throws IOException {
        try (InputStream in = part.open()) {
            return in.readAllBytes();
        }
    }
}
