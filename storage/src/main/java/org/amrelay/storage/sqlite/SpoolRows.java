// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.storage.spool.SpoolItem;

/** The table {@code spool_item}. */
final class SpoolRows {
    private static final String INSERT = """
            INSERT INTO spool_item (id, queue, priority, not_before, accepted_at, attempts, mail)
            VALUES (?, ?, ?, ?, ?, 0, ?)""";
    private static final String COLUMNS = "SELECT id, queue, priority, not_before, accepted_at, attempts, mail FROM ";
    private static final String FIND = COLUMNS + "spool_item WHERE id = ?";
    private static final String PAGE = COLUMNS + "spool_item WHERE queue = ? AND id > ? ORDER BY id LIMIT ?";
    private static final String RETRY = "UPDATE spool_item SET not_before = ?2, attempts = attempts + ?3 WHERE id = ?1";
    private static final String FLUSH = "UPDATE spool_item SET not_before = 0 WHERE queue = ? AND not_before > ?";
    private static final String DELETE = "DELETE FROM spool_item WHERE id = ?";
    private static final String QUEUE = "SELECT queue FROM spool_item WHERE id = ?";
    private static final String INDEX = "SELECT id, queue, priority, not_before FROM spool_item ORDER BY id";

    private final Bodies bodies;

    SpoolRows(Bodies bodies) {
        this.bodies = bodies;
    }

    void insert(Statements tables, SpoolItem item, byte[] snapshot) throws SQLException {
        tables.update(
                INSERT,
                item.id(),
                item.queue(),
                item.priority(),
                item.notBefore().toEpochMilli(),
                item.acceptedAt().toEpochMilli(),
                snapshot);
    }

    Optional<SpoolItem> find(Statements tables, long id) throws SQLException {
        return tables.first(FIND, this::read, id);
    }

    List<SpoolItem> page(Statements tables, String queue, long after, int limit) throws SQLException {
        return tables.list(PAGE, this::read, queue, after, limit);
    }

    private SpoolItem read(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        return new SpoolItem(
                id,
                row.getString(2),
                StoredMailCodec.read(row.getBytes(7), size -> bodies.stored(Ids.of(id, 0), size)),
                row.getInt(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getInt(6));
    }

    int retry(Statements tables, long id, Instant notBefore, int counted) throws SQLException {
        return tables.update(RETRY, id, notBefore.toEpochMilli(), counted);
    }

    long flush(Statements tables, String queue, Instant now) throws SQLException {
        return tables.update(FLUSH, queue, now.toEpochMilli());
    }

    boolean delete(Statements tables, long id) throws SQLException {
        return tables.update(DELETE, id) == 1;
    }

    Optional<String> queueOf(Statements tables, long id) throws SQLException {
        return tables.first(QUEUE, row -> row.getString(1), id);
    }

    void fill(Statements tables, SpoolIndex index) throws SQLException {
        tables.list(INDEX, row -> {
            index.came(row.getString(2), row.getLong(1), row.getInt(3), row.getLong(4));
            return Optional.empty();
        });
    }
}
