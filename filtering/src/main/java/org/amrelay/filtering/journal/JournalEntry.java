// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.journal;

import java.time.Instant;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/**
 * What the envelope says, and who reports it to whom.
 *
 * @param id of the report, of letters, digits, hyphens and dots
 */
public record JournalEntry(
        String id,
        Instant now,
        EmailAddress postmaster,
        EmailAddress journal,
        ReversePath sender,
        List<EmailAddress> recipients) {
    public JournalEntry {
        recipients = List.copyOf(recipients);
    }
}
