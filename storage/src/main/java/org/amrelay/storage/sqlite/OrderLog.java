// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The tables of what operators ordered, kept as long as it can be undone. */
final class OrderLog {
    /** So long an order can be undone. */
    static final Duration SECOND_THOUGHTS = Duration.ofMinutes(5);

    private static final String ADD = "INSERT OR IGNORE INTO operator_order (id, at, kind, by) VALUES (?, ?, ?, ?)";
    private static final String ADD_ITEM = """
            INSERT OR IGNORE INTO operator_order_item (order_id, delivery_id, due_at, held) VALUES (?, ?, ?, ?)""";
    private static final String LAST = """
            SELECT id, at, kind FROM operator_order WHERE undone = 0 AND at > ? ORDER BY at DESC, id DESC LIMIT 1""";
    private static final String ITEMS = """
            SELECT delivery_id, due_at, held FROM operator_order_item
            WHERE order_id = ? AND delivery_id > ? ORDER BY delivery_id LIMIT ?""";
    private static final String UNDONE = "UPDATE operator_order SET undone = 1 WHERE id = ?";
    private static final String FORGET_ITEMS =
            "DELETE FROM operator_order_item WHERE order_id IN (SELECT id FROM operator_order WHERE at <= ?)";
    private static final String FORGET = "DELETE FROM operator_order WHERE at <= ?";

    /** An order that can still be undone. */
    record Logged(long id, long at, String kind) {}

    /** How a delivery was before. */
    record Before(long delivery, long dueAt, boolean held) {}

    private OrderLog() {}

    static void add(Statements tables, Logged order, String by) throws SQLException {
        tables.update(ADD, order.id(), order.at(), order.kind(), by);
    }

    static void addItem(Statements tables, long order, PreparedDelivery before) throws SQLException {
        tables.update(ADD_ITEM, order, before.id(), before.dueAt(), before.held() ? 1 : 0);
    }

    static Optional<Logged> last(Statements tables, long now) throws SQLException {
        return tables.first(
                LAST,
                row -> new Logged(row.getLong(1), row.getLong(2), row.getString(3)),
                now - SECOND_THOUGHTS.toMillis());
    }

    static List<Before> items(Statements tables, long order, long after, int limit) throws SQLException {
        return tables.list(
                ITEMS, row -> new Before(row.getLong(1), row.getLong(2), row.getInt(3) != 0), order, after, limit);
    }

    static int undone(Statements tables, long order) throws SQLException {
        return tables.update(UNDONE, order);
    }

    static int forgetOld(Statements tables, long now) throws SQLException {
        long before = now - SECOND_THOUGHTS.toMillis();
        return tables.update(FORGET_ITEMS, before) + tables.update(FORGET, before);
    }
}
