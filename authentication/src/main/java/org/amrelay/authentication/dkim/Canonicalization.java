// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.util.Locale;

/** How much a header field may change on its way and still be the same (RFC 6376 §3.4). */
public enum Canonicalization {
    /** Not at all. */
    SIMPLE {
        @Override
        public String header(String raw) {
            return raw;
        }
    },
    /** In white space and in the case of its name. */
    RELAXED {
        @Override
        public String header(String raw) {
            int colon = Math.max(raw.indexOf(':'), 0);
            StringBuilder result = new StringBuilder(raw.length());
            result.append(raw.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT))
                    .append(':');
            boolean space = false;
            int start = result.length();
            for (int i = colon + 1; i < raw.length(); i++) {
                char c = raw.charAt(i);
                if (c == ' ' || c == '\t' || c == '\r' && raw.startsWith("\n", i + 1)) {
                    space = true;
                    i += c == '\r' ? 1 : 0;
                } else {
                    if (space && result.length() > start) {
                        result.append(' ');
                    }
                    space = false;
                    result.append(c);
                }
            }
            return result.toString();
        }
    };

    /** The field as it goes into the hash, without its final CRLF. */
    public abstract String header(String raw);

    /** The word in the tag {@code c=}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
