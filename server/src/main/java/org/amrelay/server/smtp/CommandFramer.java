// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the bytes of a client into command lines (RFC 5321 §2.4, §4.5.3.1.4) and refuses everything that is not one.
 *
 * <p>The result does not depend on how the bytes were cut on their way. Holds at most one line. For one thread.
 */
final class CommandFramer {
    /** The longest line of an AUTH exchange (RFC 4954 §4). */
    static final int LONGEST_AUTH_LINE = 12_288;

    private final int longestLine;
    private byte[] line = new byte[128];
    private int length;
    private boolean afterCr;
    private boolean complete;
    private Optional<FramingViolation> violation = Optional.empty();

    /** @param longestLine in bytes, line end included */
    CommandFramer(int longestLine) {
        this.longestLine = longestLine;
    }

    /**
     * Takes bytes until a line is complete or something is wrong.
     *
     * @param dialogue whether an AUTH exchange is going on, which may have longer lines
     * @return the position after the last byte taken
     */
    int feed(byte[] bytes, int from, int to, boolean dialogue) {
        if (complete) {
            complete = false;
            length = 0;
        }
        int i = from;
        while (i < to && !complete && violation.isEmpty()) {
            take(bytes[i++], dialogue);
        }
        return i;
    }

    private void take(byte b, boolean dialogue) {
        if (afterCr) {
            afterCr = false;
            if (b == '\n') {
                complete = true;
            } else {
                violation = Optional.of(FramingViolation.BARE_CR);
            }
        } else if (b == '\r') {
            afterCr = true;
        } else if (b == '\n') {
            violation = Optional.of(FramingViolation.BARE_LF);
        } else if (b == 0) {
            violation = Optional.of(FramingViolation.NUL);
        } else if (length + 2 >= longestLine && length + 2 >= limit(dialogue)) {
            violation = Optional.of(FramingViolation.COMMAND_TOO_LONG);
        } else {
            if (length == line.length) {
                line = Arrays.copyOf(line, line.length * 2);
            }
            line[length++] = b;
        }
    }

    private int limit(boolean dialogue) {
        boolean auth = length > 4
                && (line[0] | 0x20) == 'a'
                && (line[1] | 0x20) == 'u'
                && (line[2] | 0x20) == 't'
                && (line[3] | 0x20) == 'h'
                && line[4] == ' ';
        return auth || dialogue ? LONGEST_AUTH_LINE : longestLine;
    }

    /** The line that the last {@link #feed} completed, without its line end; empty when more bytes are needed. */
    Optional<byte[]> line() {
        if (!complete) {
            return Optional.empty();
        }
        byte[] result = Arrays.copyOf(line, length);
        if (line.length > LONGEST_AUTH_LINE / 4) {
            line = new byte[128];
        }
        return Optional.of(result);
    }

    /** Set once for good. */
    Optional<FramingViolation> violation() {
        return violation;
    }

    /** Whether a line has begun. */
    boolean midLine() {
        return !complete && (length > 0 || afterCr);
    }
}
