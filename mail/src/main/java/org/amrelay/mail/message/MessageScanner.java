// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a message while it streams past and says whether it keeps its {@link MessageLimits}.
 *
 * <p>Give it each line in one or several pieces ({@link #text}), then {@link #endOfLine}. It holds at most one header
 * field and one boundary per nesting level, and looks into a body line only when that starts with {@code --}. Never
 * fails. For one thread and one message.
 */
public final class MessageScanner {
    /** Of a longer header line only the start counts; a boundary has at most 70 characters (RFC 2046 §5.1.1). */
    private static final int KEPT_OF_A_LINE = 8192;

    private static final int KEPT_OF_A_FIELD = 65_536;

    private final MessageLimits limits;
    private final List<Container> open = new ArrayList<>();
    private final byte[] line = new byte[KEPT_OF_A_LINE];
    private final StringBuilder contentType = new StringBuilder();
    private int lineLength;
    private boolean lineIsOfInterest;
    private boolean lineIsEmpty = true;
    private boolean inHeader = true;
    private boolean inContentType;
    private boolean haveContentType;
    private int fields;
    private long headerBytes;
    private int received;
    private int parts;
    private Optional<MessageFlaw> flaw = Optional.empty();

    private record Container(ContentTypeField type) {}

    public MessageScanner(MessageLimits limits) {
        this.limits = limits;
    }

    /** A piece of the current line, without its line end. */
    public void text(byte[] bytes, int from, int to) {
        if (from >= to) {
            return;
        }
        if (lineIsEmpty) {
            lineIsEmpty = false;
            lineIsOfInterest = inHeader || (bytes[from] == '-' && !open.isEmpty());
        }
        if (inHeader) {
            headerBytes += to - from;
        }
        if (lineIsOfInterest && lineLength < line.length) {
            int kept = Math.min(to - from, line.length - lineLength);
            System.arraycopy(bytes, from, line, lineLength, kept);
            lineLength += kept;
        }
        if (headerBytes > limits.headerBytes()) {
            found(MessageFlaw.HEADER_TOO_LARGE);
        }
    }

    /** The end of the current line. */
    public void endOfLine() {
        if (lineIsOfInterest && isDelimiter()) {
            // A delimiter ends a part's header too: readers that do without the empty line see the next part here
            lineIsOfInterest = false;
        } else if (inHeader && lineIsEmpty) {
            endOfHeader();
        } else if (inHeader) {
            headerLine();
        }
        lineLength = 0;
        lineIsEmpty = true;
        lineIsOfInterest = false;
    }

    /** The first flaw found so far. */
    public Optional<MessageFlaw> flaw() {
        return flaw;
    }

    private void headerLine() {
        headerBytes += 2;
        if (line[0] == ' ' || line[0] == '\t') {
            if (inContentType && contentType.length() < KEPT_OF_A_FIELD) {
                contentType.append(new String(line, 0, lineLength, StandardCharsets.ISO_8859_1));
            }
            return;
        }
        inContentType = false;
        fields++;
        if (fields > limits.headerFields()) {
            found(MessageFlaw.TOO_MANY_HEADER_FIELDS);
        }
        if (open.isEmpty() && parts == 0 && startsWith("received:")) {
            received++;
            if (received > limits.receivedFields()) {
                found(MessageFlaw.LOOP);
            }
        } else if (!haveContentType && startsWith("content-type:")) {
            inContentType = true;
            haveContentType = true;
            int value = "content-type:".length();
            contentType.append(new String(line, value, lineLength - value, StandardCharsets.ISO_8859_1));
        }
    }

    private void endOfHeader() {
        ContentTypeField type = haveContentType ? ContentTypeField.parse(contentType.toString()) : typeWithoutField();
        startHeader();
        inHeader = type.message();
        if (type.message() || type.multipart()) {
            if (open.size() >= limits.depth()) {
                found(MessageFlaw.TOO_DEEP);
            } else {
                open.add(new Container(type));
            }
        }
    }

    /** In a digest a part is a message unless it says otherwise (RFC 2046 §5.1.5). */
    private ContentTypeField typeWithoutField() {
        return !open.isEmpty() && open.get(open.size() - 1).type().digest()
                ? ContentTypeField.MESSAGE
                : ContentTypeField.PLAIN;
    }

    private void startHeader() {
        inHeader = true;
        fields = 0;
        headerBytes = 0;
        haveContentType = false;
        inContentType = false;
        contentType.setLength(0);
    }

    private boolean isDelimiter() {
        if (lineLength < 3 || line[0] != '-' || line[1] != '-') {
            return false;
        }
        int end = lineLength;
        while (end > 2 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
            end--;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            Optional<byte[]> boundary = open.get(i).type().boundary();
            if (boundary.isPresent() && lineHas(boundary.get(), end)) {
                boolean closes = end == boundary.get().length + 4;
                open.subList(closes ? i : i + 1, open.size()).clear();
                inHeader = false;
                if (!closes) {
                    startPart();
                }
                return true;
            }
        }
        return false;
    }

    private void startPart() {
        parts++;
        if (parts > limits.parts()) {
            found(MessageFlaw.TOO_MANY_PARTS);
        }
        startHeader();
    }

    private boolean lineHas(byte[] boundary, int end) {
        boolean opens = end == boundary.length + 2;
        boolean closes = end == boundary.length + 4 && line[end - 1] == '-' && line[end - 2] == '-';
        if (!opens && !closes) {
            return false;
        }
        for (int i = 0; i < boundary.length; i++) {
            if (line[i + 2] != boundary[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(String lowerCaseName) {
        if (lineLength < lowerCaseName.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseName.length(); i++) {
            int c = line[i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void found(MessageFlaw newFlaw) {
        if (flaw.isEmpty()) {
            flaw = Optional.of(newFlaw);
        }
    }
}
