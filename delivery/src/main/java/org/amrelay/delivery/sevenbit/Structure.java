// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.message.ContentTypeField;

/**
 * Says of each piece of a message where in its structure it stands (RFC 2046 §5.1).
 *
 * <p>Parts have numbers in the order in which they begin; the message itself is part 0. Holds one field and one boundary
 * for each level; deeper and more parts than a limit are not looked into. For one pass over one message.
 */
final class Structure {
    /** Where a piece stands. */
    enum Place {
        FIELD,
        END_OF_HEADER,
        BODY,
        DELIMITER
    }

    private static final int DEEPEST = 100;
    private static final int LONGEST_FIELD = 16_384;

    private static final String TEXT = "text/plain";
    private static final String MESSAGE = "message/rfc822";

    /** @param usualType of its parts (RFC 2046 §5.1.5) */
    private record Level(byte[] boundary, boolean untouchable, String usualType) {}

    private final List<Level> levels = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int parts = 1;
    private boolean inHeader = true;
    private PartHeader header = new PartHeader(0, true, false, TEXT);
    private PartHeader ended = header;
    private boolean fieldIsEncoding;
    private boolean leaf;

    /** Takes the next piece. */
    Place take(LinePieces piece) {
        if (piece.isWholeLine() && isDelimiter(piece)) {
            return Place.DELIMITER;
        }
        if (!inHeader) {
            return Place.BODY;
        }
        if (piece.isWholeLine() && piece.isEmpty()) {
            endField();
            endHeader();
            return Place.END_OF_HEADER;
        }
        if (piece.startsLine()) {
            byte first = piece.isEmpty() ? 0 : piece.bytes()[piece.from()];
            if (first != ' ' && first != '\t') {
                endField();
                fieldIsEncoding = isEncodingField(text(piece, Math.min(piece.to() - piece.from(), 64)));
            }
        }
        if (field.length() < LONGEST_FIELD) {
            field.append(text(piece, piece.to() - piece.from()));
        }
        return Place.FIELD;
    }

    private static boolean isEncodingField(String start) {
        int colon = start.indexOf(':');
        return colon > 0
                && start.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals("content-transfer-encoding");
    }

    private static String text(LinePieces piece, int length) {
        return new String(piece.bytes(), piece.from(), length, StandardCharsets.ISO_8859_1);
    }

    private void endField() {
        header.field(field.toString());
        field.setLength(0);
    }

    private void endHeader() {
        inHeader = false;
        ended = header;
        ContentTypeField type = header.contentType();
        Optional<byte[]> boundary = type.boundary();
        boolean opaque = header.isEncoded() || levels.size() >= DEEPEST;
        leaf = opaque || !(type.message() || type.multipart() && boundary.isPresent());
        if (leaf) {
            return;
        }
        if (type.message()) {
            startPart(true, header.untouchable(), TEXT);
        } else {
            boolean secured = header.untouchable() || header.isSecured();
            levels.add(new Level(boundary.orElseThrow(), secured, type.digest() ? MESSAGE : TEXT));
        }
    }

    private void startPart(boolean isMessage, boolean untouchable, String usualType) {
        inHeader = true;
        fieldIsEncoding = false;
        leaf = false;
        header = new PartHeader(parts++, isMessage, untouchable, usualType);
    }

    private boolean isDelimiter(LinePieces piece) {
        byte[] bytes = piece.bytes();
        int from = piece.from();
        int end = piece.to();
        if (levels.isEmpty() || end - from < 3 || bytes[from] != '-' || bytes[from + 1] != '-') {
            return false;
        }
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        for (int i = levels.size() - 1; i >= 0; i--) {
            byte[] boundary = levels.get(i).boundary();
            int rest = end - from - 2 - boundary.length;
            boolean closes = rest == 2 && bytes[end - 1] == '-' && bytes[end - 2] == '-';
            if ((rest == 0 || closes) && matches(bytes, from + 2, boundary)) {
                field.setLength(0);
                delimiter(i, closes);
                return true;
            }
        }
        return false;
    }

    private void delimiter(int level, boolean closes) {
        levels.subList(level + 1, levels.size()).clear();
        if (closes) {
            levels.remove(level);
            inHeader = false;
            leaf = false;
        } else {
            startPart(false, levels.get(level).untouchable(), levels.get(level).usualType());
        }
    }

    private static boolean matches(byte[] bytes, int at, byte[] boundary) {
        for (int i = 0; i < boundary.length; i++) {
            if (bytes[at + i] != boundary[i]) {
                return false;
            }
        }
        return true;
    }

    /** Of the part that the next piece belongs to, as far as it has been read. */
    PartHeader header() {
        return header;
    }

    /** The header that ended last. */
    PartHeader ended() {
        return ended;
    }

    /** Whether the last piece was in the body of a part that has no parts, rather than before or behind parts. */
    boolean isInLeaf() {
        return leaf;
    }

    /** Whether the last piece belongs to a Content-Transfer-Encoding field. */
    boolean isInEncodingField() {
        return inHeader && fieldIsEncoding;
    }
}
