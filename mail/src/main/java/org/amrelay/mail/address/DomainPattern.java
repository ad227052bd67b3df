// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.util.Collection;
import java.util.Locale;

/**
 * A domain, or with {@code *.} in front every domain below it; {@code *} alone is any domain.
 *
 * <p>Compared without regard to case. Immutable.
 *
 * @param text as written, lower case
 */
public record DomainPattern(String text) {
    public DomainPattern {
        text = text.toLowerCase(Locale.ROOT);
        String domain = text.startsWith("*.") ? text.substring(2) : text;
        boolean legal = domain.chars().noneMatch(c -> c <= ' ' || c == '@' || c == '*' || c == ',' || c == 0x7f);
        if (!text.equals("*") && (domain.isEmpty() || domain.startsWith(".") || !legal)) {
            throw new IllegalArgumentException("is not a domain such as example.org or *.example.org");
        }
    }

    public static DomainPattern of(String text) {
        return new DomainPattern(text);
    }

    public boolean matches(String domain) {
        if (text.equals("*")) {
            return true;
        }
        if (!text.startsWith("*.")) {
            return text.equalsIgnoreCase(domain);
        }
        int suffix = text.length() - 1;
        return domain.length() > suffix && domain.regionMatches(true, domain.length() - suffix, text, 1, suffix);
    }

    public static boolean anyMatches(Collection<DomainPattern> patterns, String domain) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(domain));
    }

    @Override
    public String toString() {
        return text;
    }
}
