// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.time.Instant;
import java.util.List;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.mail.StoredMail;

/**
 * A mail that processing keeps back for some of its recipients, each of whom has the fate {@code QUARANTINED}.
 *
 * @param mail as it goes on when it is released: its state is the processor where it does, its attributes say what else; its
 *     content shares the bytes of the item when it is the item's
 * @param processor in which it was taken out
 * @param point behind which line it goes on, in words
 * @param author the From field, decoded
 * @param subject decoded
 * @param tells whether digests may tell of it
 */
public record NewQuarantined(
        StoredMail mail,
        List<EmailAddress> recipients,
        QuarantineReason reason,
        String processor,
        String point,
        String author,
        String subject,
        Instant expiresAt,
        boolean tells) {
    public NewQuarantined {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("mail " + mail.name() + " is kept back for nobody");
        }
    }

    /** The same for fewer recipients. */
    public NewQuarantined to(List<EmailAddress> fewer) {
        return new NewQuarantined(mail, fewer, reason, processor, point, author, subject, expiresAt, tells);
    }
}
