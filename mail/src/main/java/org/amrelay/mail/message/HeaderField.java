// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.Locale;

/**
 * One header field exactly as it arrived, so that signatures over it can be checked.
 *
 * <p>Immutable.
 *
 * @param name as written, without the white space that may stand before the colon; empty for a line that is no field
 * @param raw name, colon and body with their folding, without the final CRLF; one character per octet (Latin-1)
 */
public record HeaderField(String name, String raw) {
    /** Reads a field from its octets. */
    public static HeaderField of(String raw) {
        int colon = raw.indexOf(':');
        int end = Math.max(colon, 0);
        while (end > 0 && (raw.charAt(end - 1) == ' ' || raw.charAt(end - 1) == '\t')) {
            end--;
        }
        String name = raw.substring(0, end);
        return new HeaderField(name.chars().allMatch(c -> c > ' ' && c < 0x7f) ? name : "", raw);
    }

    /** What stands behind the colon, as written. */
    public String body() {
        return raw.substring(raw.indexOf(':') + 1);
    }

    /** The name in lower case. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }
}
