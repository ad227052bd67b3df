// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.filtering.quarantine.QuarantineState;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.QuarantinedRecipient;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewQuarantined;

/** The tables {@code quarantine_item} and {@code quarantine_recipient}. */
final class QuarantineRows {
    private static final String INSERT = """
            INSERT INTO quarantine_item (id, owner, content, mail_id, kept, taken_at, expires_at, size, name, sender, author,
                subject, account, remote_address, kind, rule, reason, scanner, score, releasable, notify, processor, point,
                words, mail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String INSERT_RECIPIENT =
            "INSERT INTO quarantine_recipient (id, address, row, state, changed_at) VALUES (?, ?, ?, 0, ?)";
    static final String COLUMNS = """
            SELECT q.id, q.name, q.sender, q.author, q.subject, q.account, q.size, q.kind, q.rule, q.reason, q.scanner,
                   q.score, q.releasable, q.processor, q.point, q.remote_address, q.taken_at, q.expires_at, q.reported
            FROM quarantine_item q
            """;
    private static final String FIND = COLUMNS + "WHERE q.id = ?";
    private static final String RECIPIENTS = """
            SELECT id, address, state, changed_at, decided_by FROM quarantine_recipient WHERE id >= ? AND id < ? ORDER BY id""";
    private static final String BODY = "SELECT owner, content, size FROM quarantine_item WHERE id = ? AND kept > 0";
    private static final String SNAPSHOT =
            "SELECT mail, owner, content, mail_id FROM quarantine_item WHERE id = ? AND kept > 0";
    private static final String ROW = "SELECT row FROM quarantine_recipient WHERE id = ?";
    private static final String DECIDE = """
            UPDATE quarantine_recipient SET state = ?2, changed_at = ?3, decided_by = ?4 WHERE id = ?1 AND state = 0""";
    private static final String COUNT_DOWN = "UPDATE quarantine_item SET kept = kept - ?2 WHERE id = ?1";
    private static final String KEPT = "SELECT kept FROM quarantine_item WHERE id = ?";
    private static final String REPORT = "UPDATE quarantine_item SET reported = ?2 WHERE id = ?1";
    private static final String MAIL = "SELECT mail_id FROM quarantine_item WHERE id = ?";
    private static final int LONGEST_WORDS = 1_000;

    private QuarantineRows() {}

    static void insert(Statements tables, PreparedQuarantine kept, long now) throws SQLException {
        NewQuarantined wanted = kept.wanted();
        StoredMail mail = wanted.mail();
        QuarantineReason reason = wanted.reason();
        tables.update(
                INSERT,
                kept.id(),
                kept.owner(),
                kept.content(),
                kept.mail(),
                kept.copies().size(),
                now,
                wanted.expiresAt().toEpochMilli(),
                mail.content().size(),
                mail.name(),
                mail.envelope().sender().toString(),
                wanted.author(),
                wanted.subject(),
                mail.envelope().account().orElse(null),
                mail.origin().remoteAddress(),
                reason.kind(),
                reason.rule(),
                reason.text(),
                reason.scanner(),
                reason.score().isPresent() ? (Object) Math.round(reason.score().getAsDouble() * 1_000) : null,
                reason.releasable() ? 1 : 0,
                wanted.tells() ? 1 : 0,
                wanted.processor(),
                wanted.point(),
                searched(wanted.subject()),
                kept.snapshot());
        int number = 0;
        for (PreparedQuarantine.Copy copy : kept.copies()) {
            long id = Ids.of(kept.id(), number++);
            tables.update(INSERT_RECIPIENT, id, copy.recipient().toString(), copy.row(), now);
        }
    }

    private static String searched(String text) {
        return text.substring(0, Math.min(LONGEST_WORDS, text.length())).toLowerCase(Locale.ROOT);
    }

    static String words(PreparedQuarantine kept) {
        return "as number " + kept.id() + " for " + kept.copies().size() + " recipients until "
                + kept.wanted().expiresAt() + ": " + kept.wanted().reason();
    }

    static Optional<QuarantinedMail> find(Statements tables, long id) throws SQLException {
        return tables.first(FIND, row -> mail(tables, row), id);
    }

    static List<QuarantinedRecipient> recipients(Statements tables, long item) throws SQLException {
        return tables.list(
                RECIPIENTS,
                row -> new QuarantinedRecipient(
                        row.getLong(1),
                        DeliveryRows.address(row.getString(2)),
                        QuarantineState.values()[row.getInt(3)],
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5)),
                Ids.of(item, 0),
                Ids.end(item));
    }

    static QuarantinedMail mail(Statements tables, ResultSet row) throws SQLException {
        long score = row.getLong(12);
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(score / 1_000.0);
        return new QuarantinedMail(
                row.getLong(1),
                row.getString(2),
                ReversePath.of(row.getString(3)),
                row.getString(4),
                row.getString(5),
                MailRows.text(row, 6),
                row.getLong(7),
                new QuarantineReason(
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        known,
                        row.getString(11),
                        row.getInt(13) != 0),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                Instant.ofEpochMilli(row.getLong(17)),
                Instant.ofEpochMilli(row.getLong(18)),
                recipients(tables, row.getLong(1)),
                row.getString(19));
    }

    /** Where the bytes of a mail are, and how many. */
    record Body(long id, long size) {}

    static Optional<Body> body(Statements tables, long item) throws SQLException {
        return tables.first(BODY, row -> new Body(Ids.of(row.getLong(1), row.getInt(2)), row.getLong(3)), item);
    }

    /** A kept mail as it goes on. @param ledger id of the mail there, 0 when it does not know it */
    record Snapshot(StoredMail mail, long owner, long ledger) {}

    static Optional<Snapshot> snapshot(Statements tables, Bodies bodies, long item) throws SQLException {
        return tables.first(
                SNAPSHOT,
                row -> {
                    long body = Ids.of(row.getLong(2), row.getInt(3));
                    return new Snapshot(
                            StoredMailCodec.read(row.getBytes(1), size -> bodies.stored(body, size)),
                            row.getLong(2),
                            row.getLong(4));
                },
                item);
    }

    /** The row of the ledger that a copy has, 0 without. */
    static long ledgerRow(Statements tables, long copy) throws SQLException {
        return tables.number(ROW, copy);
    }

    /** @throws IllegalStateException when somebody else has decided about it */
    static void decide(Statements tables, long copy, QuarantineState state, long now, String by) throws SQLException {
        if (tables.update(DECIDE, copy, state.ordinal(), now, by) != 1) {
            throw new IllegalStateException("about the copy " + copy + " somebody has decided");
        }
    }

    /** Takes note that so many copies are decided about; whether none is left. */
    static boolean countDown(Statements tables, long item, int copies) throws SQLException {
        tables.update(COUNT_DOWN, item, copies);
        return tables.number(KEPT, item) == 0;
    }

    static boolean report(Statements tables, long item, String as) throws SQLException {
        return tables.update(REPORT, item, as) == 1;
    }

    /** The mail of the ledger, 0 when it does not know it. */
    static long ledgerMail(Statements tables, long item) throws SQLException {
        return tables.number(MAIL, item);
    }
}
