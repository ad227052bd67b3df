// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** Forms in which text of others may stand in a notice. */
final class SafeText {
    private static final int LONGEST_LINE = 76;
    private static final int LONGEST_VALUE = 2000;
    /** At most 45 octets, which Base64 makes 60. */
    private static final int CHARACTERS_OF_A_WORD = 11;

    private static final String HEX = "0123456789ABCDEF";

    private SafeText() {}

    /** RFC 5322 §3.3, in UTC. */
    static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Text of a header field: as it is when it is ASCII, else as encoded words (RFC 2047 §2), folded. */
    static String unstructured(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        if (line.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return line;
        }
        StringBuilder words = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int end = Math.min(line.length(), at + CHARACTERS_OF_A_WORD);
            end += end < line.length() && Character.isLowSurrogate(line.charAt(end)) ? 1 : 0;
            byte[] bytes = line.substring(at, end).getBytes(StandardCharsets.UTF_8);
            words.append(at == 0 ? "" : "\r\n ")
                    .append("=?utf-8?B?")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append("?=");
            at = end;
        }
        return words.toString();
    }

    /** One line of anything that is no control character (RFC 6533 §3). */
    static String utf8Line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST_VALUE));
        text.codePoints().limit(LONGEST_VALUE).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    /** One line of printable ASCII; what is not becomes a question mark, line ends become spaces. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST_VALUE));
        text.codePoints().limit(LONGEST_VALUE).forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                line.append(' ');
            } else {
                line.append(c >= ' ' && c < 127 ? (char) c : '?');
            }
        });
        return line.toString();
    }

    /** A field of a header or of a status block, folded at spaces (RFC 5322 §2.2.3). */
    static String field(String name, String value) {
        return folded(name, oneLine(value));
    }

    /** The same with characters beyond ASCII as they are. */
    static String utf8Field(String name, String value) {
        return folded(name, utf8Line(value));
    }

    private static String folded(String name, String value) {
        StringBuilder field = new StringBuilder(name).append(':');
        int column = field.length();
        for (String word : value.strip().split(" +", -1)) {
            if (column + 1 + word.length() > LONGEST_LINE && column > name.length() + 1) {
                field.append("\r\n");
                column = 0;
            }
            field.append(' ').append(word);
            column += 1 + word.length();
        }
        return field.append("\r\n").toString();
    }

    /** RFC 2045 §6.7; takes LF line ends, gives CRLF. */
    static String quotedPrintable(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 64);
        for (String line : text.split("\n", -1)) {
            int column = 0;
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                int b = bytes[i] & 0xff;
                boolean lastSpace = b == ' ' && i == bytes.length - 1;
                boolean plain = b >= ' ' && b < 127 && b != '=' && !lastSpace;
                if (column + (plain ? 1 : 3) > LONGEST_LINE - 1) {
                    encoded.append("=\r\n");
                    column = 0;
                }
                if (plain) {
                    encoded.append((char) b);
                    column++;
                } else {
                    encoded.append('=').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
                    column += 3;
                }
            }
            encoded.append("\r\n");
        }
        return encoded.toString();
    }
}
