// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.Optional;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/**
 * Addresses as people name them: a domain ({@code example.org}, {@code *.example.org}, {@code *}), an address with
 * {@code *} and {@code ?} in its local part ({@code news-*@example.org}), or {@code <>} for the null sender.
 *
 * <p>Compared without regard to case. Immutable.
 *
 * @param local empty for any local part
 * @param domain empty for the null sender only
 */
public record AddressPattern(Optional<Glob> local, Optional<DomainPattern> domain) {
    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence when it is none of these
     */
    public static AddressPattern of(String text) {
        if (text.equals("<>")) {
            return new AddressPattern(Optional.empty(), Optional.empty());
        }
        int at = text.lastIndexOf('@');
        Optional<Glob> local = at < 0 ? Optional.empty() : Optional.of(Glob.of(text.substring(0, at)));
        return new AddressPattern(local, Optional.of(DomainPattern.of(text.substring(at + 1))));
    }

    public boolean matches(EmailAddress address) {
        return domain.filter(pattern -> pattern.matches(address.domain())).isPresent()
                && local.map(glob -> glob.matches(address.localPart())).orElse(true);
    }

    public boolean matches(ReversePath sender) {
        return sender.address().map(this::matches).orElse(domain.isEmpty());
    }
}
