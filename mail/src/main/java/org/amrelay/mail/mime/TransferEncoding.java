// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.io.InputStream;
import java.util.Locale;

/** How the bytes of a part are written (RFC 2045 §6), and the two ways of writing files from before MIME. */
public enum TransferEncoding {
    SEVEN_BIT,
    EIGHT_BIT,
    BINARY,
    QUOTED_PRINTABLE,
    BASE64,
    UUENCODE,
    YENC,
    /** None that anybody knows; mail programs take the bytes as they are (RFC 2045 §6.4). */
    UNKNOWN;

    /** Reads the field's value, as mail programs do: the first word, whatever stands around it. */
    public static TransferEncoding named(String body) {
        String word = firstWord(Folded.unfold(body).toLowerCase(Locale.ROOT));
        return switch (word) {
            case "", "7bit", "7-bit", "7bits" -> SEVEN_BIT;
            case "8bit", "8-bit", "8bits" -> EIGHT_BIT;
            case "binary" -> BINARY;
            case "quoted-printable", "quotedprintable", "qp", "quoted_printable" -> QUOTED_PRINTABLE;
            case "base64", "base-64" -> BASE64;
            case "x-uuencode", "x-uue", "uuencode", "x-uu" -> UUENCODE;
            case "x-yenc", "yenc" -> YENC;
            default -> UNKNOWN;
        };
    }

    private static String firstWord(String text) {
        StringBuilder word = new StringBuilder();
        int comment = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                comment++;
            } else if (c == ')') {
                comment = Math.max(0, comment - 1);
            } else if (comment == 0 && Character.isLetterOrDigit(c) || c == '-' || c == '_') {
                word.append(c);
            } else if (comment == 0 && !word.isEmpty()) {
                break;
            }
        }
        return word.toString();
    }

    /** Whether the bytes are something else than they seem. */
    public boolean encodes() {
        return this == QUOTED_PRINTABLE || this == BASE64 || this == UUENCODE || this == YENC;
    }

    /** What it means when the bytes are not as they should be. */
    public MimeFlaw flaw() {
        return switch (this) {
            case BASE64 -> MimeFlaw.BAD_BASE64;
            case QUOTED_PRINTABLE -> MimeFlaw.BAD_QUOTED_PRINTABLE;
            case UUENCODE -> MimeFlaw.BAD_UUENCODE;
            case YENC -> MimeFlaw.BAD_YENC;
            default -> MimeFlaw.UNKNOWN_ENCODING;
        };
    }

    /** The decoded bytes of a body; closing them closes the body. */
    public DamageStream decode(InputStream body) {
        return switch (this) {
            case BASE64 -> new DecodingStream(body, new Base64Decoding());
            case QUOTED_PRINTABLE -> new DecodingStream(body, new QuotedPrintableDecoding());
            case UUENCODE -> new DecodingStream(body, new UuDecoding());
            case YENC -> new DecodingStream(body, new YencDecoding());
            default -> DamageStream.plain(body);
        };
    }
}
