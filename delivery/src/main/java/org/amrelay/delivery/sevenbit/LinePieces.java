// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a message line by line, long lines in several pieces, so that it never holds more than one piece. */
final class LinePieces {
    /** No delimiter and no header line that matters is longer. */
    static final int LONGEST = 8192;

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST];
    private int position;
    private int filled;
    private int from;
    private int to;
    private boolean starts;
    private boolean ends = true;

    LinePieces(InputStream in) {
        this.in = in;
    }

    /** Takes the next piece; false at the end of the message. */
    boolean next() throws IOException {
        starts = ends;
        if (filled - position < LONGEST) {
            fill();
        }
        if (position == filled) {
            return false;
        }
        from = position;
        int most = Math.min(filled, position + LONGEST);
        int i = position;
        while (i < most && buffer[i] != '\n') {
            i++;
        }
        ends = i < most;
        to = i;
        position = ends ? i + 1 : i;
        if (ends && to > from && buffer[to - 1] == '\r') {
            to--;
        } else if (!ends && to - from > 1 && buffer[to - 1] == '\r') {
            // Perhaps the first half of a line end
            to--;
            position--;
        }
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, filled - position);
        filled -= position;
        position = 0;
        int read = in.readNBytes(buffer, filled, buffer.length - filled);
        filled += read;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** Without the line end. */
    int to() {
        return to;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Whether the piece is the first of its line. */
    boolean startsLine() {
        return starts;
    }

    /** Whether a line end follows. */
    boolean endsLine() {
        return ends;
    }

    boolean isWholeLine() {
        return starts && ends;
    }

    byte[] copy() {
        return Arrays.copyOfRange(buffer, from, to);
    }
}
