// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.address.EmailAddress;

/**
 * An address, or {@code @domain} for every address of a domain (not of those below it).
 *
 * <p>Compared without regard to case, since no mail program keeps to it. Immutable.
 *
 * @param localPart in lower case; empty for the whole domain
 * @param domain in lower case, ASCII form
 */
public record Identity(Optional<String> localPart, String domain) {
    /** Reads {@code you@example.org} or {@code @example.org}; empty when it is neither. */
    public static Optional<Identity> parse(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("@")) {
            return DomainNames.canonical(stripped.substring(1)).map(domain -> new Identity(Optional.empty(), domain));
        }
        return EmailAddress.parse(stripped)
                .filter(address -> address.localPart().chars().noneMatch(c -> c == ' ' || c == ',' || c == '@'))
                .flatMap(Identity::of);
    }

    /** The identity of one address; empty when its domain is none, as with an address literal. */
    public static Optional<Identity> of(EmailAddress address) {
        return DomainNames.canonical(address.domain())
                .map(domain -> new Identity(Optional.of(address.localPart().toLowerCase(Locale.ROOT)), domain));
    }

    /** The domain of this identity as a whole. */
    public Identity wholeDomain() {
        return new Identity(Optional.empty(), domain);
    }

    /** {@code you@example.org} or {@code @example.org}. */
    @Override
    public String toString() {
        return localPart.orElse("") + '@' + domain;
    }
}
