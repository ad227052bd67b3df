// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import org.amrelay.mail.address.EmailAddress;

/**
 * One recipient of a mail in quarantine.
 *
 * @param id unique for ever
 * @param by who decided, empty while nobody has
 */
public record QuarantinedRecipient(long id, EmailAddress address, QuarantineState state, Instant changedAt, String by) {
    public boolean isKept() {
        return state == QuarantineState.KEPT;
    }
}
