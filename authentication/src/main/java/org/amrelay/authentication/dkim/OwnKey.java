// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.PublicKey;

/**
 * Both halves of a key of ours; the private one is never shown as text.
 *
 * <p>Immutable.
 *
 * @param signing what signatures are made with
 * @param published what verifiers find in the DNS
 */
public record OwnKey(SigningKey signing, PublicKey published) {
    @Override
    public String toString() {
        return signing.toString();
    }
}
