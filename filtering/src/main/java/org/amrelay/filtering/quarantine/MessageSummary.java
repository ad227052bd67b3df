// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * What people read of a header: From, subject and date, decoded (RFC 2047) and in one harmless line each.
 *
 * @param to all To fields
 */
public record MessageSummary(String author, String to, String subject, String date) {
    private static final int LONGEST = 500;
    private static final int LONGEST_RAW = 10_000;

    /** Of a message; what is missing is empty text. */
    public static MessageSummary of(HeaderSection header) {
        return new MessageSummary(
                text(header, "from"), text(header, "to"), text(header, "subject"), text(header, "date"));
    }

    private static String text(HeaderSection header, String name) {
        List<HeaderField> fields = header.named(name);
        StringBuilder all = new StringBuilder();
        for (HeaderField field : fields) {
            all.append(all.isEmpty() ? "" : ", ").append(decoded(field.body()));
            if (all.length() > LONGEST) {
                break;
            }
        }
        return line(all.toString());
    }

    /** A field's body, one character an octet, as text. */
    static String decoded(String body) {
        String raw = body.substring(0, Math.min(LONGEST_RAW, body.length()));
        try {
            return DecoderUtil.decodeEncodedWords(utf8(raw), DecodeMonitor.SILENT);
        } catch (IllegalArgumentException undecodable) {
            return raw;
        }
    }

    private static String utf8(String octets) {
        if (octets.chars().anyMatch(c -> c > 0xff)) {
            return octets;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException other) {
            return octets;
        }
    }

    /** One line without control characters and without those that turn the direction of what follows. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isWhitespace(c) || c == 0xa0) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (!Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE
                    && Character.getType(c) != Character.LINE_SEPARATOR
                    && Character.getType(c) != Character.PARAGRAPH_SEPARATOR) {
                line.appendCodePoint(c);
            }
        });
        return line.toString().strip();
    }
}
