// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.PrivateKey;

/**
 * A key, and where its other half is published; never shown as text.
 *
 * <p>Immutable.
 *
 * @param domain what signatures take responsibility for
 * @param selector the label before {@code _domainkey}
 */
public record SigningKey(String domain, String selector, SignatureAlgorithm algorithm, PrivateKey key) {
    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " (" + algorithm.word() + ')';
    }
}
