// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Whether the header of a message needs SMTPUTF8 on its way (RFC 6531 §3.1).
 *
 * <p>It does when it has characters beyond ASCII and came to us by SMTPUTF8, which our own trace field says (RFC 6531
 * §4.3). A header with such octets in mail that came without is broken mail as old as the extension's absence: it goes on
 * as it came, since to bounce it would lose what everybody else delivers. Stateless.
 */
final class Internationalisation {
    private static final String TRACE = "\r\nreceived:";
    private static final String PROTOCOL = " with utf8smtp";

    private Internationalisation() {}

    /** @param firstChunk backed by an array; a header that goes on behind it is judged by this part */
    static boolean ofHeader(ByteBuf firstChunk) {
        byte[] bytes = firstChunk.array();
        int from = firstChunk.arrayOffset() + firstChunk.readerIndex();
        int end = from + firstChunk.readableBytes();
        boolean ascii = true;
        int i = from;
        while (i < end && !(bytes[i] == '\n' && i + 2 < end && bytes[i + 1] == '\r' && bytes[i + 2] == '\n')) {
            ascii &= bytes[i] >= 0;
            i++;
        }
        return !ascii && cameByUtf8("\r\n" + new String(bytes, from, i - from, StandardCharsets.ISO_8859_1));
    }

    /** The first trace field is ours; those below it tell of others. */
    private static boolean cameByUtf8(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        int start = lower.indexOf(TRACE);
        if (start < 0) {
            return false;
        }
        int stop = start + TRACE.length();
        do {
            stop = lower.indexOf("\r\n", stop + 1);
        } while (stop >= 0
                && stop + 2 < lower.length()
                && (lower.charAt(stop + 2) == ' ' || lower.charAt(stop + 2) == '\t'));
        String field = lower.substring(start, stop < 0 ? lower.length() : stop);
        return field.contains(PROTOCOL);
    }
}
