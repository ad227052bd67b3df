// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.time.Instant;
import java.util.Optional;

/**
 * Something beside its password that lets an account in.
 *
 * @param account in lower case
 * @param name given by whoever made it; unique within account and kind
 * @param credential opaque here, never the secret itself
 */
public record FurtherCredential(
        String account, Kind kind, String name, String credential, Instant createdAt, Optional<Instant> lastUsedAt) {
    /** What it is; kept by number. */
    public enum Kind {
        APP_PASSWORD,
        CLIENT_CERTIFICATE
    }

    @Override
    public String toString() {
        return "FurtherCredential[" + kind + " '" + name + "' of " + account + "]";
    }
}
