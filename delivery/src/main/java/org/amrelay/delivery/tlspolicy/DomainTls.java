// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.List;
import org.amrelay.delivery.tls.Fingerprints;
import org.amrelay.delivery.tls.TlsPolicy;

/**
 * An exception for a domain.
 *
 * @param policy instead of that of the route
 * @param fingerprints for {@code FINGERPRINT}
 * @param names for {@code VERIFIED} and {@code DANE}: whom certificates may be for, instead of the host; empty: the host
 */
public record DomainTls(TlsPolicy policy, List<String> fingerprints, List<String> names) {
    /** @throws IllegalArgumentException with a sentence, when the parts do not fit together */
    public DomainTls {
        fingerprints = List.copyOf(fingerprints);
        names = List.copyOf(names);
        if ((policy == TlsPolicy.FINGERPRINT) == fingerprints.isEmpty()) {
            throw new IllegalArgumentException(
                    policy == TlsPolicy.FINGERPRINT
                            ? "the policy fingerprint needs fingerprints"
                            : "fingerprints belong to the policy fingerprint");
        }
        if (!fingerprints.isEmpty()) {
            Fingerprints.of(fingerprints);
        }
    }

    public static DomainTls of(TlsPolicy policy) {
        return new DomainTls(policy, List.of(), List.of());
    }
}
