// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.Optional;

/**
 * Reads the octets of BDAT chunks (RFC 3030 §2) as lines, and refuses every line end but CRLF and NUL.
 *
 * <p>Their count ends a chunk, so nothing can be smuggled into this server; but BINARYMIME is not offered, and the next
 * hop may get the message by DATA, where a bare CR or LF must become something else or an end of its own. A line end may
 * be cut by the end of a chunk. Holds no bytes. For one thread and one message.
 */
final class ChunkDecoder {
    private final LineSink sink;
    private boolean afterCr;
    private boolean midLine;
    private Optional<FramingViolation> violation = Optional.empty();

    ChunkDecoder(LineSink sink) {
        this.sink = sink;
    }

    /** Takes bytes until they end or one of them is not allowed. */
    void feed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && violation.isEmpty()) {
            if (afterCr) {
                afterCr = false;
                if (bytes[i++] == '\n') {
                    sink.endOfLine();
                    midLine = false;
                } else {
                    violation = Optional.of(FramingViolation.BARE_CR);
                }
            } else {
                i = text(bytes, i, to);
            }
        }
    }

    private int text(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] > '\r' || bytes[i] < 0 || (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0))) {
            i++;
        }
        if (i > from) {
            sink.text(bytes, from, i);
            midLine = true;
        }
        if (i == to) {
            return i;
        }
        switch (bytes[i]) {
            case '\r' -> afterCr = true;
            case '\n' -> violation = Optional.of(FramingViolation.BARE_LF);
            default -> violation = Optional.of(FramingViolation.NUL);
        }
        return i + 1;
    }

    /** The last chunk is over; a last line without its end gets one, as DATA would have wanted it. */
    void end() {
        if (violation.isEmpty() && afterCr) {
            violation = Optional.of(FramingViolation.BARE_CR);
        } else if (violation.isEmpty() && midLine) {
            sink.endOfLine();
            midLine = false;
        }
    }

    /** Set once for good. */
    Optional<FramingViolation> violation() {
        return violation;
    }
}
