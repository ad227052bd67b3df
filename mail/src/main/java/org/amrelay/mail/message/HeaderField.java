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
        return new HeaderField(isName(raw, end) ? raw.substring(0, end) : "", raw);
    }

    private static boolean isName(String raw, int end) {
        for (int i = 0; i < end; i++) {
            if (raw.charAt(i) <= ' ' || raw.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
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
