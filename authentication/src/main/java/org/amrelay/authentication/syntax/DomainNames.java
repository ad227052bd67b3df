// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.syntax;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/** Names as the DNS can be asked for them: lower case, A-labels (RFC 5890 §2.3), no final dot. */
public final class DomainNames {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private DomainNames() {}

    /**
     * The form in which names are compared and looked up.
     *
     * @return empty when the text is no name of letters, digits, hyphens and underscores
     */
    public static Optional<String> canonical(String text) {
        String ascii = text;
        if (text.chars().anyMatch(c -> c >= 0x80)) {
            try {
                ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return isName(name) ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isName(String name) {
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (c == '.' ? label == 0 : !letter && c != '-' && c != '_') {
                return false;
            }
            label = c == '.' ? 0 : label + 1;
            if (label > LONGEST_LABEL) {
                return false;
            }
        }
        return label > 0 && name.length() <= LONGEST_NAME;
    }

    /** Whether a name is the domain or below it; both in canonical form. */
    public static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith('.' + domain);
    }
}
