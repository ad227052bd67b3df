// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.time.Instant;

/**
 * A log-in.
 *
 * @param name as the user types it, in lower case; usually an address
 * @param credential the hashed password with its scheme, opaque here
 * @param changedAt when the credential was set
 */
public record Account(String name, String credential, Instant changedAt) {
    @Override
    public String toString() {
        return "Account[" + name + ", changed " + changedAt + "]";
    }
}
