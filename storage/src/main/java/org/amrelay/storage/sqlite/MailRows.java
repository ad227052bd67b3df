// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.mail.Origin;
import org.jspecify.annotations.Nullable;

/** The tables {@code mail}, {@code recipient} and {@code event}: the ledger, as writes see it. */
final class MailRows {
    private static final String INSERT_MAIL = """
            INSERT INTO mail (id, name, accepted_at, sender, account, size, envelope_id, return_content,
                              remote_host, remote_address, helo, protocol, require_tls)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String INSERT_RECIPIENT = """
            INSERT INTO recipient (id, address, state, changed_at, delivery_id, notify_on, original, parent, decided_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String STEP = """
            UPDATE recipient SET state = ?2, changed_at = ?3, delivery_id = ?4, decided_by = ?5
            WHERE id = ?1 AND state = ?6""";
    private static final String HAND_OVER = """
            UPDATE recipient SET state = ?2, changed_at = ?3, delivery_id = ?4, notify_on = ?5, original = ?6
            WHERE id = ?1 AND state = 0""";
    private static final String HELD_BY = "UPDATE recipient SET delivery_id = ?2, decided_by = ?3 WHERE id = ?1";
    private static final String RETURN_PATH = "UPDATE recipient SET return_path = ?2 WHERE id = ?1";
    private static final String STATE = "SELECT state FROM recipient WHERE id = ?";
    private static final String HAS_OPEN = """
            SELECT 1 FROM recipient WHERE id >= ?1 AND id < ?2 AND state < 10
            UNION ALL SELECT 1 FROM quarantine_item WHERE owner = ?3 AND kept > 0 LIMIT 1""";
    private static final String INSERT_EVENT = """
            INSERT INTO event (mail_id, number, at, lines)
            SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3 FROM event WHERE mail_id = ?1""";

    private MailRows() {}

    static void insert(Statements tables, long id, String name, Envelope envelope, long size, Origin origin, long now)
            throws SQLException {
        tables.update(
                INSERT_MAIL,
                id,
                name,
                now,
                envelope.sender().toString(),
                envelope.account().orElse(null),
                size,
                envelope.envelopeId().orElse(null),
                envelope.returnContent().map(Enum::ordinal).orElse(null),
                origin.remoteHost(),
                origin.remoteAddress(),
                origin.helo(),
                origin.protocol(),
                envelope.requireTls() ? 1 : 0);
    }

    /**
     * A new recipient.
     *
     * @param decidedBy who decided, or null while nobody has
     */
    static void insertRecipient(
            Statements tables,
            long id,
            EnvelopeRecipient recipient,
            RecipientState state,
            long now,
            @Nullable Long delivery,
            @Nullable Long parent,
            @Nullable String decidedBy)
            throws SQLException {
        tables.update(
                INSERT_RECIPIENT,
                id,
                recipient.address().toString(),
                state.number(),
                now,
                delivery,
                NotifyBits.of(recipient.notifyOn()),
                recipient.originalRecipient().orElse(null),
                parent,
                decidedBy);
    }

    /**
     * A step of the ledger.
     *
     * @throws IllegalStateException when the recipient is in another state, or the ledger does not allow the step
     */
    static void step(
            Statements tables,
            long id,
            RecipientState from,
            RecipientState to,
            long now,
            @Nullable Long delivery,
            @Nullable String decidedBy)
            throws SQLException {
        requireLegal(id, from, to);
        if (tables.update(STEP, id, to.number(), now, delivery, decidedBy, from.number()) != 1) {
            throw wrongState(tables, id, from, to);
        }
    }

    /** The step from acceptance to delivery. */
    static void handOver(
            Statements tables, long id, EnvelopeRecipient recipient, RecipientState to, long now, long delivery)
            throws SQLException {
        requireLegal(id, RecipientState.ACCEPTED, to);
        int changed = tables.update(
                HAND_OVER,
                id,
                to.number(),
                now,
                delivery,
                NotifyBits.of(recipient.notifyOn()),
                recipient.originalRecipient().orElse(null));
        if (changed != 1) {
            throw wrongState(tables, id, RecipientState.ACCEPTED, to);
        }
    }

    /** Notes a sender that stands for one recipient, so that bounces to it find him. */
    static void returnPath(Statements tables, QueuedDelivery delivery) throws SQLException {
        String path = delivery.envelope().sender().toString().toLowerCase(Locale.ROOT);
        for (QueuedRecipient recipient : delivery.recipients()) {
            tables.update(RETURN_PATH, recipient.id(), path);
        }
    }

    /** Where a recipient waits that is held already, and why. */
    static void heldBy(Statements tables, long id, long delivery, String by) throws SQLException {
        tables.update(HELD_BY, id, delivery, by);
    }

    static void requireLegal(long id, RecipientState from, RecipientState to) {
        if (!from.mayBecome(to)) {
            throw new IllegalStateException("recipient " + id + " may not step from " + from + " to " + to);
        }
    }

    static IllegalStateException wrongState(Statements tables, long id, RecipientState from, RecipientState to)
            throws SQLException {
        String found = tables.first(
                        STATE, row -> RecipientState.ofNumber(row.getInt(1)).name(), id)
                .orElse("unknown");
        return new IllegalStateException(
                "recipient " + id + " is " + found + ", so it cannot step from " + from + " to " + to);
    }

    /** Whether something may still happen to a recipient of the mail, so that its bytes are needed. */
    static boolean hasOpen(Statements tables, long mail) throws SQLException {
        return tables.exists(HAS_OPEN, Ids.of(mail, 0), Ids.end(mail), mail);
    }

    /** Adds an event; nothing for empty lines. */
    static void event(Statements tables, long mail, long now, String lines) throws SQLException {
        if (!lines.isEmpty()) {
            tables.update(INSERT_EVENT, mail, now, lines);
        }
    }

    static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
