// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.mail.mime.TransferEncoding;

/** Finds uuencoded and yEnc files in a text. For one thread and one text. */
final class InlineBlocks {
    private final List<InlineBlock> found = new ArrayList<>();
    private final int most;
    private long start = -1;
    private String name = "";
    private boolean yenc;
    private boolean confirmed;

    private InlineBlocks(int most) {
        this.most = most;
    }

    static List<InlineBlock> in(LineReader lines, int most) throws IOException {
        InlineBlocks blocks = new InlineBlocks(most);
        long end = 0;
        while (blocks.found.size() < most && lines.next()) {
            blocks.line(lines);
            end = lines.after();
        }
        if (blocks.start >= 0 && blocks.confirmed) {
            blocks.add(end);
        }
        return blocks.found;
    }

    private void line(LineReader line) {
        if (start < 0) {
            begin(line);
        } else if (yenc) {
            confirmed = true;
            if (startsWith(line, "=yend")) {
                add(line.after());
            }
        } else if (!confirmed) {
            confirmed = isDataLine(line);
            if (!confirmed) {
                start = -1;
                begin(line);
            }
        } else if (line.length() == 3 && startsWith(line, "end")) {
            add(line.after());
        }
    }

    private void add(long end) {
        found.add(new InlineBlock(start, end, name, yenc ? TransferEncoding.YENC : TransferEncoding.UUENCODE));
        start = -1;
        confirmed = false;
    }

    private void begin(LineReader line) {
        boolean uu = startsWith(line, "begin ");
        if (!uu && !startsWith(line, "=ybegin ")) {
            return;
        }
        String text = HeaderLines.text(line);
        if (uu) {
            int blank = text.indexOf(' ', 6);
            boolean mode = blank >= 9
                    && blank <= 11
                    && text.substring(6, blank).chars().allMatch(c -> c >= '0' && c <= '7');
            if (!mode || text.length() <= blank + 1) {
                return;
            }
            name = text.substring(blank + 1).strip();
        } else {
            int at = text.indexOf(" name=");
            name = at < 0 ? "" : text.substring(at + 6).strip();
        }
        yenc = !uu;
        start = line.start();
        confirmed = false;
    }

    /** A length, and about as many characters as it needs. */
    private static boolean isDataLine(LineReader line) {
        if (line.length() == 0) {
            return false;
        }
        int count = line.bytes()[line.from()] - 32 & 63;
        int needed = (count + 2) / 3 * 4;
        return line.bytes()[line.from()] >= 32 && line.length() - 1 <= needed + 4 && (line.length() - 1) * 4 >= needed;
    }

    private static boolean startsWith(LineReader line, String text) {
        if (line.length() < text.length() || line.bytes()[line.from()] != text.charAt(0)) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (line.bytes()[line.from() + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
