// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads rows of comma-separated values with quotes (RFC 4180 §2). */
final class CommaSeparated {
    private static final int LONGEST_ROW = 1_000_000;
    private static final int END = -1;

    private final Reader in;
    private int ahead;

    CommaSeparated(Reader in) throws IOException {
        this.in = in;
        this.ahead = in.read();
        if (ahead == '\uFEFF') {
            ahead = in.read();
        }
    }

    /** The cells of the next row that is not blank; none at the end. */
    List<String> next() throws IOException {
        while (ahead == '\r' || ahead == '\n') {
            ahead = in.read();
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int length = 0;
        while (ahead != END) {
            int c = ahead;
            ahead = in.read();
            if (++length > LONGEST_ROW) {
                throw new IllegalArgumentException("a row is longer than " + LONGEST_ROW + " characters");
            }
            if (c == '"') {
                if (quoted && ahead == '"') {
                    cell.append('"');
                    ahead = in.read();
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && c == ',') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            } else {
                cell.append((char) c);
            }
        }
        if (length > 0) {
            cells.add(cell.toString().strip());
        }
        return cells;
    }
}
