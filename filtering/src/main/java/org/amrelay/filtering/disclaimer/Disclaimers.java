// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.util.Map;
import java.util.Optional;

/** The disclaimers of all domains. Immutable. */
public final class Disclaimers {
    /** What stands for domains without one of their own; no domain of mail has a name without a dot in the public DNS. */
    static final String DEFAULT = "default";

    private final Map<String, Optional<Disclaimer>> byDomain;

    /** @param byDomain by names in lower case A-labels; nothing for a domain that wants none, not even the default one */
    Disclaimers(Map<String, Optional<Disclaimer>> byDomain) {
        this.byDomain = Map.copyOf(byDomain);
    }

    /** No domain has one. */
    public static Disclaimers none() {
        return new Disclaimers(Map.of());
    }

    /** The one of a domain, or the default one. */
    public Optional<Disclaimer> of(String domain) {
        Optional<Disclaimer> own = byDomain.get(domain);
        return own != null ? own : byDomain.getOrDefault(DEFAULT, Optional.empty());
    }
}
