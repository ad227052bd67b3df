// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import org.amrelay.authentication.sasl.ScramAccount;

/**
 * The accounts as SCRAM sees them.
 *
 * <p>Safe for several threads; may block on the storage.
 */
public interface ScramLogins {
    /** Whether accounts have keys for SCRAM at all. */
    boolean areKept();

    /** Whether the PLUS form is offered too. */
    boolean arePlus();

    /** The keys of an account; for a name that is none, keys that no password has, the same each time. */
    ScramAccount find(String name);
}
