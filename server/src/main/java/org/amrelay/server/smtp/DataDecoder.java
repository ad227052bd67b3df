// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.Optional;

/**
 * Reads what a client sends after DATA: takes the extra dots away (RFC 5321 §4.5.2), finds the end, and refuses every
 * line end but CRLF.
 *
 * <p>Since each CR must be followed by LF and each LF preceded by CR, the only end of a message is
 * {@code CRLF . CRLF}; all smuggled ends hold a bare CR, a bare LF or a NUL and are violations. The result does not
 * depend on how the bytes were cut on their way. Holds no bytes. For one thread and one message.
 */
final class DataDecoder {
    private enum At {
        LINE_START,
        DOT,
        DOT_CR,
        TEXT,
        CR,
        END
    }

    private final LineSink sink;
    private At at = At.LINE_START;
    private Optional<FramingViolation> violation = Optional.empty();

    DataDecoder(LineSink sink) {
        this.sink = sink;
    }

    /** Takes bytes until the message ends or is violated; returns the position after the last byte taken. */
    int feed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && at != At.END && violation.isEmpty()) {
            if (at == At.TEXT) {
                i = text(bytes, i, to);
            } else {
                i = special(bytes, i);
            }
        }
        return i;
    }

    boolean ended() {
        return at == At.END;
    }

    /** Set once for good. */
    Optional<FramingViolation> violation() {
        return violation;
    }

    private int text(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] > '\r' || bytes[i] < 0 || (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0))) {
            i++;
        }
        if (i > from) {
            sink.text(bytes, from, i);
        }
        if (i == to) {
            return i;
        }
        switch (bytes[i]) {
            case '\r' -> at = At.CR;
            case '\n' -> violation = Optional.of(FramingViolation.BARE_LF);
            default -> violation = Optional.of(FramingViolation.NUL);
        }
        return i + 1;
    }

    private int special(byte[] bytes, int i) {
        byte b = bytes[i];
        switch (at) {
            case LINE_START -> {
                if (b != '.') {
                    at = At.TEXT;
                    return i;
                }
                at = At.DOT;
            }
            case DOT -> {
                if (b != '\r') {
                    at = At.TEXT;
                    return i;
                }
                at = At.DOT_CR;
            }
            case DOT_CR, CR -> {
                if (b != '\n') {
                    violation = Optional.of(FramingViolation.BARE_CR);
                } else if (at == At.DOT_CR) {
                    at = At.END;
                } else {
                    sink.endOfLine();
                    at = At.LINE_START;
                }
            }
            default -> throw new IllegalStateException("no byte is special in " + at);
        }
        return i + 1;
    }
}
