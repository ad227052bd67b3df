// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A Content-Type (RFC 2045 §5.1), read leniently. Immutable.
 *
 * @param type in lower case, such as {@code text}
 * @param subtype in lower case, such as {@code html}
 * @param isIntact false when the field is no media type; then it counts as {@code text/plain} (RFC 2045 §5.2)
 */
public record MediaType(String type, String subtype, Parameters parameters, boolean isIntact) {
    /** What a part without the field is. */
    public static final MediaType PLAIN = new MediaType("text", "plain", Parameters.NONE, true);

    /** What a part of a digest without the field is (RFC 2046 §5.1.5). */
    public static final MediaType MESSAGE = new MediaType("message", "rfc822", Parameters.NONE, true);

    /** Reads a field's body as it came, one character per octet. */
    public static MediaType parse(String body) {
        ParameterParser.Split split = ParameterParser.parse(body);
        String value = split.value().toLowerCase(Locale.ROOT);
        int slash = value.indexOf('/');
        String type = slash < 0 ? value : value.substring(0, slash).strip();
        String subtype = slash < 0 ? "" : value.substring(slash + 1).strip();
        if (type.equals("multipart") && isToken(type)) {
            return new MediaType(type, isToken(subtype) ? subtype : "mixed", split.parameters(), isToken(subtype));
        }
        return isToken(type) && isToken(subtype)
                ? new MediaType(type, subtype, split.parameters(), true)
                : new MediaType("text", "plain", split.parameters(), false);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }

    /** Type and subtype, such as {@code text/html}. */
    public String essence() {
        return type + '/' + subtype;
    }

    /** Whether it is this type and subtype. */
    public boolean is(String wanted) {
        return essence().equals(wanted);
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /** Whether the part is a message of its own (RFC 2046 §5.2.1, RFC 6532 §3.7). */
    public boolean isMessage() {
        return type.equals("message")
                && (subtype.equals("rfc822") || subtype.equals("global") || subtype.equals("news"));
    }

    public boolean isText() {
        return type.equals("text");
    }

    /** What separates the parts, the octets as they stand in the field; may be none at all, with which parts can be found, too. */
    public Optional<byte[]> boundary() {
        return parameters.value("boundary").map(b -> b.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The charset as the sender wrote it; empty when he wrote none. */
    public String charset() {
        return parameters.value("charset").orElse("");
    }

    @Override
    public String toString() {
        return essence();
    }
}
