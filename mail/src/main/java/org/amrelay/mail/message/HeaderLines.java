// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.amrelay.mail.mime.MimeFlaw;

/** Makes fields of the lines of one header, within limits. For one thread; {@link #begin} starts another header. */
final class HeaderLines {
    private static final List<String> GOES_ON_WITH = List.of(
            "content-",
            "mime-version:",
            "received:",
            "from:",
            "to:",
            "subject:",
            "date:",
            "message-id:",
            "x-",
            "return-path:",
            "reply-to:",
            "cc:",
            "dkim-signature:",
            "references:",
            "in-reply-to:",
            "list-",
            "arc-",
            "authentication-results:");

    private final ViewLimits limits;
    private final StringBuilder field = new StringBuilder();
    private PartDraft draft = new PartDraft("", 0);
    private long bytes;
    private long allBytes;

    HeaderLines(ViewLimits limits) {
        this.limits = limits;
    }

    void begin(PartDraft of) {
        draft = of;
        bytes = 0;
        field.setLength(0);
    }

    boolean isEmpty() {
        return draft.fields.isEmpty() && field.isEmpty();
    }

    static boolean goesOn(LineReader line) {
        byte first = line.bytes()[line.from()];
        return first == ' ' || first == '\t';
    }

    /** A name and a colon, with blanks between them as some write it. */
    static boolean isField(LineReader line) {
        byte[] b = line.bytes();
        int from = line.from();
        int end = from + line.length();
        int i = from;
        while (i < end && b[i] > ' ' && b[i] != ':' && b[i] != 0x7f) {
            i++;
        }
        int name = i - from;
        while (i < end && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return name > 0 && i < end && b[i] == ':';
    }

    /** Whether the line is a field that nobody writes into a text, so that the header goes on behind a broken line. */
    static boolean isKnownField(LineReader line) {
        if (!isField(line)) {
            return false;
        }
        String start = new String(line.bytes(), line.from(), Math.min(line.length(), 40), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        return GOES_ON_WITH.stream().anyMatch(start::startsWith);
    }

    static String text(LineReader line) {
        return new String(line.bytes(), line.from(), line.length(), StandardCharsets.ISO_8859_1);
    }

    /** A line that starts a field, or is none. */
    void start(String line) {
        end();
        if (room(line.length())) {
            field.append(line);
        }
    }

    /** A line that goes on with the field. */
    void goOn(String line) {
        if (!field.isEmpty() && room(line.length())) {
            field.append("\r\n").append(line);
        }
    }

    private boolean room(int length) {
        bytes += length + 2;
        allBytes += length + 2;
        if (bytes > limits.headerBytes() || allBytes > limits.allHeaderBytes()) {
            draft.flaws.add(MimeFlaw.HEADER_TOO_LARGE);
            return false;
        }
        return true;
    }

    /** The header is over. */
    void end() {
        if (field.isEmpty()) {
            return;
        }
        if (draft.fields.size() < limits.headerFields()) {
            HeaderField made = HeaderField.of(field.toString());
            if (made.name().isEmpty()) {
                draft.flaws.add(MimeFlaw.BROKEN_FIELD);
            }
            if (made.raw().indexOf('\0') >= 0) {
                draft.flaws.add(MimeFlaw.NUL_BYTE);
            }
            draft.fields.add(made);
        } else {
            draft.flaws.add(MimeFlaw.TOO_MANY_FIELDS);
        }
        field.setLength(0);
    }
}
