// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Instant;

/**
 * An account whose mail is held.
 *
 * @param account in lower case
 * @param by who ordered it, {@link AccountWatch#ITSELF} for the watch
 * @param reason with figures, for people
 * @param mail name of the mail that gave rise to it, empty for an order
 * @param told whether the postmaster knows
 * @param recalled whether its mail was recalled: then nothing of that time becomes usual
 */
public record Contained(
        String account, Instant since, String by, String reason, String mail, boolean told, boolean recalled) {
    Contained afterRecall() {
        return new Contained(account, since, by, reason, mail, told, true);
    }

    /** The same once the postmaster knows. */
    public Contained afterNotice() {
        return new Contained(account, since, by, reason, mail, true, recalled);
    }
}
