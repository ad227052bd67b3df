// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.amrelay.filtering.quarantine.QuarantineStock;
import org.amrelay.mail.address.EmailAddress;

/** Counts the quarantine and finds what is old. */
final class SqliteQuarantineStock implements QuarantineStock {
    private static final String BYTES = "SELECT total(size) FROM quarantine_item WHERE kept > 0";
    private static final String DUE =
            "SELECT id FROM quarantine_item WHERE expires_at <= ? AND kept > 0 ORDER BY expires_at LIMIT ?";
    private static final String OLDEST = "SELECT id, size FROM quarantine_item WHERE kept > 0 ORDER BY id LIMIT ?";
    private static final String HEAVY = """
            SELECT r.address FROM quarantine_recipient r JOIN quarantine_item q ON q.id = r.id >> 20
            WHERE r.state = 0 GROUP BY r.address HAVING total(q.size) > ? ORDER BY r.address LIMIT ?""";
    private static final String KEPT_FOR = """
            SELECT q.id, q.size FROM quarantine_recipient r JOIN quarantine_item q ON q.id = r.id >> 20
            WHERE r.state = 0 AND r.address = ? ORDER BY r.id DESC LIMIT ?""";
    private static final String OVER =
            "SELECT id FROM quarantine_item WHERE expires_at <= ? AND kept = 0 ORDER BY expires_at LIMIT ?";
    private static final String FORGET = "DELETE FROM quarantine_item WHERE id = ? AND kept = 0";
    private static final String FORGET_RECIPIENTS = "DELETE FROM quarantine_recipient WHERE id >= ? AND id < ?";

    private final Readers readers;
    private final Writer writer;

    SqliteQuarantineStock(Parts parts) {
        this.readers = parts.readers();
        this.writer = parts.writer();
    }

    @Override
    public long bytes() {
        return readers.read(tables -> tables.number(BYTES));
    }

    @Override
    public List<Long> due(Instant now, int limit) {
        return readers.read(tables -> tables.list(DUE, row -> row.getLong(1), now.toEpochMilli(), limit));
    }

    @Override
    public List<Kept> oldest(int limit) {
        return readers.read(tables -> tables.list(OLDEST, row -> new Kept(row.getLong(1), row.getLong(2)), limit));
    }

    @Override
    public List<EmailAddress> heavierThan(long bytes, int limit) {
        return readers.read(tables -> tables.list(HEAVY, row -> DeliveryRows.address(row.getString(1)), bytes, limit));
    }

    @Override
    public List<Kept> keptFor(EmailAddress recipient, int limit) {
        return readers.read(tables ->
                tables.list(KEPT_FOR, row -> new Kept(row.getLong(1), row.getLong(2)), recipient.toString(), limit));
    }

    @Override
    public int forget(Instant now, int limit) {
        return QuarantineWrites.await(
                writer.<Integer>submit(0, tables -> forget(tables, now.toEpochMilli(), limit), count -> {}));
    }

    private static int forget(Statements tables, long now, int limit) throws SQLException {
        List<Long> over = tables.list(OVER, row -> row.getLong(1), now, limit);
        for (long item : over) {
            tables.update(FORGET_RECIPIENTS, Ids.of(item, 0), Ids.end(item));
            tables.update(FORGET, item);
        }
        return over.size();
    }
}
