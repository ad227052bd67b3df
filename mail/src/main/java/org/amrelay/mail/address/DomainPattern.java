// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.util.Collection;
import java.util.Locale;

/**
 * A domain, or with {@code *.} in front every domain below it; {@code *} alone is any domain.
 *
 * <p>Compared without regard to case; {@code bücher.example} and {@code xn--bcher-kva.example} are the same. Immutable.
 *
 * @param text lower case, with A-labels (RFC 5890)
 */
public record DomainPattern(String text) {
    public DomainPattern {
        text = text.toLowerCase(Locale.ROOT);
        String below = text.startsWith("*.") ? "*." : "";
        text = below + InternationalDomain.canonical(text.substring(below.length()));
        String domain = text.substring(below.length());
        boolean legal = domain.chars().noneMatch(c -> c <= ' ' || c == '@' || c == '*' || c == ',' || c == 0x7f);
        if (!text.equals("*") && (domain.isEmpty() || domain.startsWith(".") || !legal)) {
            throw new IllegalArgumentException("is not a domain such as example.org or *.example.org");
        }
    }

    public static DomainPattern of(String text) {
        return new DomainPattern(text);
    }

    public boolean matches(String name) {
        String domain = InternationalDomain.canonical(name);
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
