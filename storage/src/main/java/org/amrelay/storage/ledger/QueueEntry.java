// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.ReversePath;

/**
 * A delivery that waits, as operators see it.
 *
 * @param id of the delivery
 * @param recipients those that still wait
 * @param size of the message in bytes
 * @param inAttempt whether it is being tried at this moment
 * @param account the account that submitted the mail
 * @param cancelledAt when it is cancelled, unless that is undone
 */
public record QueueEntry(
        long id,
        String mailName,
        ReversePath sender,
        NextHop nextHop,
        List<RecipientTrace> recipients,
        long size,
        Instant acceptedAt,
        Instant dueAt,
        Instant expiresAt,
        int attempts,
        boolean held,
        boolean inAttempt,
        Optional<String> account,
        Optional<Instant> cancelledAt) {
    public QueueEntry {
        recipients = List.copyOf(recipients);
    }
}
