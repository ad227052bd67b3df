// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What the structure of a message needs of a Content-Type field (RFC 2045 §5.1): is it a container, and which boundary.
 *
 * <p>Reads as leniently as the mail readers do, since a part that they descend into has to be counted. Immutable.
 *
 * @param multipart whether the body has parts
 * @param digest whether its parts are messages when they do not say what they are
 * @param message whether the body is a message of its own
 * @param boundary what separates the parts; empty when there is none, then nobody can find a part
 */
public record ContentTypeField(boolean multipart, boolean digest, boolean message, Optional<byte[]> boundary) {
    static final ContentTypeField PLAIN = new ContentTypeField(false, false, false, Optional.empty());
    static final ContentTypeField MESSAGE = new ContentTypeField(false, false, true, Optional.empty());

    /** Reads the value of the field, unfolded; never fails. */
    public static ContentTypeField parse(String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        if (lower.startsWith("message/rfc822") || lower.startsWith("message/global")) {
            return MESSAGE;
        }
        if (!lower.startsWith("multipart/")) {
            return PLAIN;
        }
        return new ContentTypeField(
                true,
                lower.startsWith("multipart/digest"),
                false,
                boundary(value).filter(b -> b.length > 0));
    }

    private static Optional<byte[]> boundary(String value) {
        int i = 0;
        boolean quoted = false;
        for (; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted && isBoundary(value, i + 1)) {
                return Optional.of(valueFrom(value, value.indexOf('=', i) + 1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    private static boolean isBoundary(String value, int from) {
        int equals = value.indexOf('=', from);
        return equals > 0 && value.substring(from, equals).trim().equalsIgnoreCase("boundary");
    }

    private static String valueFrom(String value, int from) {
        int i = from;
        while (i < value.length() && (value.charAt(i) == ' ' || value.charAt(i) == '\t')) {
            i++;
        }
        StringBuilder text = new StringBuilder();
        if (i < value.length() && value.charAt(i) == '"') {
            for (i++; i < value.length() && value.charAt(i) != '"'; i++) {
                if (value.charAt(i) == '\\' && i + 1 < value.length()) {
                    i++;
                }
                text.append(value.charAt(i));
            }
        } else {
            for (; i < value.length() && " \t;(".indexOf(value.charAt(i)) < 0; i++) {
                text.append(value.charAt(i));
            }
        }
        return text.toString().stripTrailing();
    }
}
