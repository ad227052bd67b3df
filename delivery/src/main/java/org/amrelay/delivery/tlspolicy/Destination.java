// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.List;
import org.amrelay.delivery.tls.TlsPolicy;

/**
 * Where mail is about to go, before a host of it is chosen.
 *
 * @param domain the recipients', or the host's name when the settings name a host
 * @param byMx whether its hosts come from MX records of the domain
 * @param hostsAreCertain whether the names of its hosts are: from validated records, or from the settings
 * @param policy of the route
 * @param fingerprints of the route, for the policy {@code FINGERPRINT}
 */
public record Destination(
        String domain, boolean byMx, boolean hostsAreCertain, TlsPolicy policy, List<String> fingerprints) {
    public Destination {
        fingerprints = List.copyOf(fingerprints);
    }

    /** The mail exchangers of a domain. */
    public static Destination exchangersOf(String domain, boolean validated, TlsPolicy policy) {
        return new Destination(domain, true, validated, policy, List.of());
    }

    /** A host that the settings name. */
    public static Destination host(String name, TlsPolicy policy) {
        return new Destination(name, false, true, policy, List.of());
    }

    /** The same, with what the route's policy needs. */
    public Destination with(List<String> others) {
        return new Destination(domain, byMx, hostsAreCertain, policy, others);
    }

    /** Names that a certificate may be for besides that of the host (RFC 7672 §3.2.2). */
    List<String> otherNames() {
        return byMx ? List.of(domain) : List.of();
    }
}
