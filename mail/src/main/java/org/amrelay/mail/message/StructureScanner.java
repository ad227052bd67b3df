// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.mime.MimeFlaw;

/**
 * Finds the parts of one stretch of bytes, in one pass (RFC 2046 §5.1).
 *
 * <p>A delimiter is a whole line, but for blanks behind it, so that no boundary is taken for one that it starts with. The
 * innermost multipart is asked first; an outer one's delimiter ends all inside of it. For one thread and one stretch.
 */
final class StructureScanner {
    private static final int LONGEST_GUESS = 72;

    private final ViewLimits limits;
    private final PartBudget budget;
    private final HeaderLines header;
    private final ViewSource source;
    /** From the root to the part that the current line belongs to. */
    private final List<PartDraft> open = new ArrayList<>();

    /** Whether the bytes are the message itself, not something encoded in it. */
    private boolean isMessage;

    private boolean inHeader;
    private long previousEnd;
    private long brokenLine = -1;
    private String broken = "";
    private long bareEnds;
    private long networkEnds;

    StructureScanner(ViewSource source, PartBudget budget) {
        this.source = source;
        this.budget = budget;
        this.limits = budget.limits();
        this.header = budget.header();
    }

    /** Reads a message. */
    void scanMessage(PartDraft root) throws IOException {
        isMessage = root.depth == 0;
        begin(root, 0);
        scan(root);
    }

    /** Reads the body of a multipart whose header is known. */
    void scanBody(PartDraft multipart) throws IOException {
        open.add(multipart);
        scan(multipart);
    }

    private void scan(PartDraft root) throws IOException {
        LineReader lines = source.lines();
        while (lines.next()) {
            line(lines);
            previousEnd = lines.end();
            if (lines.isBare()) {
                bareEnds++;
            } else {
                networkEnds++;
            }
        }
        long size = source.size();
        close(0, size, size);
        if (bareEnds > 0 && networkEnds > 1) {
            root.flaws.add(MimeFlaw.BARE_LINE_END);
        }
    }

    private PartDraft current() {
        return open.get(open.size() - 1);
    }

    private void begin(PartDraft draft, long headerStart) {
        draft.headerStart = isMessage ? headerStart : -1;
        open.add(draft);
        header.begin(draft);
        inHeader = true;
        brokenLine = -1;
    }

    private void line(LineReader line) {
        byte[] bytes = line.bytes();
        int from = line.from();
        boolean dashes = line.length() >= 2 && bytes[from] == '-' && bytes[from + 1] == '-';
        if (dashes && delimiter(line)) {
            return;
        }
        if (inHeader) {
            headerLine(line);
        } else if (dashes && current().type.isMultipart() && current().boundary.isEmpty() && !current().closed) {
            guessBoundary(line);
        }
    }

    private void headerLine(LineReader line) {
        if (line.isCut()) {
            current().flaws.add(MimeFlaw.HEADER_TOO_LARGE);
        }
        if (brokenLine >= 0) {
            if (line.length() > 0 && !HeaderLines.isKnownField(line)) {
                current().flaws.add(MimeFlaw.MISSING_BLANK_LINE);
                endOfHeader(brokenLine, true);
                line(line);
                return;
            }
            endOfBrokenLine();
        }
        if (line.length() == 0) {
            endOfHeader(line.after(), true);
        } else if (HeaderLines.goesOn(line) && !header.isEmpty()) {
            header.goOn(HeaderLines.text(line));
        } else if (HeaderLines.isField(line)) {
            header.start(HeaderLines.text(line));
        } else {
            brokenLine = line.start();
            broken = HeaderLines.text(line);
        }
    }

    /** The header goes on behind a line that is no field. */
    private void endOfBrokenLine() {
        if (brokenLine >= 0) {
            header.start(broken);
            brokenLine = -1;
        }
    }

    private void endOfHeader(long bodyStart, boolean descends) {
        PartDraft draft = current();
        header.end();
        inHeader = false;
        brokenLine = -1;
        draft.bodyStart = bodyStart;
        draft.bodyEnd = bodyStart;
        boolean inDigest = open.size() > 1 && open.get(open.size() - 2).isDigest;
        PartTypes.read(draft, inDigest);
        boolean container = draft.type.isMultipart() || draft.type.isMessage();
        if (!container || !descends) {
            return;
        }
        if (draft.depth >= limits.depth()) {
            draft.flaws.add(MimeFlaw.TOO_DEEP);
            return;
        }
        if (draft.type.isMultipart()) {
            draft.boundary = draft.type.boundary();
            if (draft.boundary.map(b -> b.length == 0).orElse(false)) {
                draft.flaws.add(MimeFlaw.BOUNDARY_MISSING);
            }
            draft.isDigest = draft.type.is("multipart/digest");
        } else if (!draft.encoding.encodes() && budget.take(draft)) {
            begin(draft.addChild(), bodyStart);
        }
    }

    private boolean delimiter(LineReader line) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Optional<byte[]> boundary = open.get(i).boundary;
            if (boundary.isPresent()) {
                int kind = Delimiters.kind(line, boundary.get());
                if (kind != Delimiters.NONE) {
                    delimited(i, kind == Delimiters.CLOSES, line);
                    return true;
                }
            }
        }
        return false;
    }

    private void delimited(int index, boolean closes, LineReader line) {
        close(index + 1, previousEnd, line.start());
        PartDraft multipart = open.get(index);
        inHeader = false;
        multipart.boundaryFound = true;
        if (closes) {
            multipart.closed = true;
            return;
        }
        if (multipart.closed) {
            multipart.flaws.add(MimeFlaw.PART_AFTER_END);
        }
        if (budget.take(multipart)) {
            begin(multipart.addChild(), line.after());
        }
    }

    /** Ends all open parts from an index on. */
    private void close(int index, long end, long lineStart) {
        while (open.size() > index) {
            if (inHeader && brokenLine >= 0) {
                current().flaws.add(MimeFlaw.MISSING_BLANK_LINE);
                endOfHeader(brokenLine, false);
            } else if (inHeader) {
                endOfHeader(lineStart, false);
            }
            PartDraft draft = open.remove(open.size() - 1);
            long start = draft.bodyStart;
            draft.bodyEnd = Math.max(start, end);
            long stop = draft.bodyEnd;
            if (!draft.type.isMultipart() || !draft.boundaryFound) {
                draft.body = BodyBytes.of(() -> source.open(start, stop), stop - start);
            }
            if (draft.type.isMultipart() && !draft.closed && draft.boundaryFound) {
                draft.flaws.add(MimeFlaw.BOUNDARY_UNCLOSED);
            }
        }
    }

    /** A multipart that does not say what its boundary is: the first line that looks like one. */
    private void guessBoundary(LineReader line) {
        String text = HeaderLines.text(line).stripTrailing();
        if (text.length() > 3 && text.length() <= LONGEST_GUESS && text.indexOf(' ') < 0) {
            PartDraft multipart = current();
            multipart.flaws.add(MimeFlaw.BOUNDARY_MISSING);
            multipart.boundary = Optional.of(text.substring(2).getBytes(StandardCharsets.ISO_8859_1));
            delimited(open.size() - 1, false, line);
        }
    }
}
