// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Exceptions for domains, and which wishes of recipients are honoured.
 *
 * @param domains by lower-case domain, or {@code *.} and a domain for all below it
 * @param dane whether signed records of hosts are honoured
 * @param mtaSts whether policies of domains are honoured
 */
public record TlsPolicySettings(Map<String, DomainTls> domains, boolean dane, boolean mtaSts) {
    public TlsPolicySettings {
        Map<String, DomainTls> lower = new HashMap<>();
        domains.forEach((domain, exception) -> lower.put(domain.toLowerCase(Locale.ROOT), exception));
        domains = Map.copyOf(lower);
    }

    /** No exceptions; DANE and MTA-STS are honoured. */
    public static TlsPolicySettings defaults() {
        return new TlsPolicySettings(Map.of(), true, true);
    }

    /** The exception for a domain: its own, else that of the nearest domain above with a star. */
    public Optional<DomainTls> exceptionFor(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        DomainTls own = domains.get(name);
        if (own != null) {
            return Optional.of(own);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            DomainTls above = domains.get("*" + name.substring(dot));
            if (above != null) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
