// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.time.Instant;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;

/**
 * A key of ours as it is kept; named by domain and selector.
 *
 * <p>Immutable; the arrays are not copied and must not be changed.
 *
 * @param domain in canonical form
 * @param since when it came into its state
 * @param publishedSince since when the DNS is known to show it; known for keys that wait only
 * @param publicKey as SubjectPublicKeyInfo
 * @param sealed the private key (PKCS #8), encrypted
 */
public record StoredKey(
        String domain,
        String selector,
        SignatureAlgorithm algorithm,
        KeyState state,
        Instant createdAt,
        Instant since,
        Optional<Instant> publishedSince,
        byte[] publicKey,
        byte[] sealed) {
    /** The same key in another state. */
    StoredKey in(KeyState other, Instant at) {
        return new StoredKey(domain, selector, algorithm, other, createdAt, at, Optional.empty(), publicKey, sealed);
    }

    /** The same key, seen or no longer seen in the DNS. */
    StoredKey published(Optional<Instant> at) {
        return new StoredKey(domain, selector, algorithm, state, createdAt, since, at, publicKey, sealed);
    }

    /** Where its record stands in the DNS. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    boolean isSame(StoredKey other) {
        return domain.equals(other.domain) && selector.equals(other.selector);
    }

    @Override
    public String toString() {
        return recordName() + " (" + algorithm.word() + ", " + state.word() + ')';
    }
}
