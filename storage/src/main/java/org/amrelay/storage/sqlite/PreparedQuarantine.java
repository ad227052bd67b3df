// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.spool.NewQuarantined;

/**
 * A mail on its way into quarantine, ready to be written.
 *
 * @param owner whose content it is
 * @param content number of the content
 * @param mail in the ledger, 0 when it does not know it
 */
record PreparedQuarantine(
        long id, NewQuarantined wanted, long owner, int content, long mail, List<Copy> copies, byte[] snapshot) {
    /** One recipient with its row in the ledger, 0 without. */
    record Copy(EmailAddress recipient, long row) {}
}
