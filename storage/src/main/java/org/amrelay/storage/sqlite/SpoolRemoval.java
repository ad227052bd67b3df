// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.spool.Spool;

/** How an item leaves the spool when it was not processed: its recipients become cancelled. */
record SpoolRemoval(SpoolRows rows, Bodies bodies, Clock clock) {
    private static final String CANCEL_ACCEPTED =
            "UPDATE recipient SET state = 16, changed_at = ?3, decided_by = ?4 WHERE id >= ?1 AND id < ?2 AND state = 0";

    /** What was deleted, and from which queue. */
    record Deleted(long id, String queue) {}

    /** The queue from which an item was deleted, if it was there. */
    Optional<Deleted> delete(Statements tables, long id) throws SQLException {
        Optional<String> queue = rows.queueOf(tables, id);
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        rows.delete(tables, id);
        bodies.delete(tables, id);
        if (queue.get().equals(Spool.MAIN)) {
            long now = clock.millis();
            String by = "removed from the spool";
            int cancelled = tables.update(CANCEL_ACCEPTED, Ids.of(id, 0), Ids.end(id), now, by);
            String words = cancelled + " recipients " + RecipientState.CANCELLED + ": " + by;
            MailRows.event(tables, id, now, EventLines.of("cancelled", words));
        }
        return Optional.of(new Deleted(id, queue.get()));
    }
}
