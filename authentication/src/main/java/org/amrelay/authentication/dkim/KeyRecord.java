// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A published key (RFC 6376 §3.6.1).
 *
 * @param keyType {@code k=}
 * @param hashes {@code h=}; empty for any
 * @param services {@code s=}
 * @param testing {@code t=y}
 * @param exactDomain {@code t=s}: the identity has no subdomain
 * @param key empty when the key was revoked, or has a type that is not known here
 */
record KeyRecord(
        String keyType,
        List<String> hashes,
        List<String> services,
        boolean testing,
        boolean exactDomain,
        boolean revoked,
        Optional<PublicKey> key) {
    KeyRecord {
        hashes = List.copyOf(hashes);
        services = List.copyOf(services);
    }
}
