// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;

/**
 * What the end of processing does to one row of the ledger.
 *
 * @param row id of the row
 * @param isNew whether processing brought the recipient in
 * @param delivery that takes it, empty for a fate
 * @param by who decided; of a delivery, who holds it
 * @param parent the row that became this one
 */
record RecipientStep(
        long row,
        boolean isNew,
        EnvelopeRecipient recipient,
        RecipientState to,
        Optional<Long> delivery,
        Optional<String> by,
        Optional<Long> parent) {
    void write(Statements tables, long now) throws SQLException {
        if (isNew) {
            MailRows.insertRecipient(
                    tables, row, recipient, to, now, delivery.orElse(null), parent.orElse(null), by.orElse(null));
        } else if (delivery.isPresent()) {
            MailRows.handOver(tables, row, recipient, to, now, delivery.get());
            if (by.isPresent()) {
                MailRows.heldBy(tables, row, delivery.get(), by.get());
            }
        } else {
            MailRows.step(tables, row, RecipientState.ACCEPTED, to, now, null, by.orElse(null));
        }
    }
}
