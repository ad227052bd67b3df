// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;

/** Finds deliveries for operators. */
final class QueueReader {
    private static final String PAGE = """
            SELECT d.id, d.mail_id, m.name, d.sender, d.next_hop, d.recipients, m.size, m.accepted_at, d.due_at,
                   d.expires_at, d.attempts, d.held
            FROM delivery d JOIN mail m ON m.id = d.mail_id
            WHERE d.id > ?1
              AND (?2 IS NULL OR d.next_hop = ?2)
              AND (?3 IS NULL OR instr(lower(d.sender), ?3) > 0)
              AND (?4 IS NULL OR d.held = ?4)
              AND (?5 IS NULL OR EXISTS (SELECT 1 FROM recipient r
                   WHERE r.id >= d.mail_id * 1048576 AND r.id < (d.mail_id + 1) * 1048576
                     AND r.delivery_id = d.id AND r.state IN (1, 2) AND instr(lower(r.address), ?5) > 0))
            ORDER BY d.id LIMIT ?6""";
    private static final String OF_MAIL = """
            SELECT DISTINCT r.delivery_id FROM mail m JOIN recipient r
              ON r.id >= m.id * 1048576 AND r.id < (m.id + 1) * 1048576
            WHERE m.name = ? AND r.state IN (1, 2) ORDER BY 1""";

    private final DeliveryClaims claims;

    QueueReader(DeliveryClaims claims) {
        this.claims = claims;
    }

    List<QueueEntry> page(Statements tables, QueueFilter filter, long after, int limit) throws SQLException {
        List<QueueEntry> found = new ArrayList<>();
        List<Row> rows = tables.list(
                PAGE,
                this::read,
                after,
                filter.nextHop().map(NextHop::toString).orElse(null),
                lower(filter.senderContains()).orElse(null),
                filter.held().map(held -> held ? 1 : 0).orElse(null),
                lower(filter.recipientContains()).orElse(null),
                limit);
        for (Row row : rows) {
            found.add(row.entry(tables));
        }
        return found;
    }

    private static Optional<String> lower(Optional<String> text) {
        return text.map(part -> part.toLowerCase(Locale.ROOT));
    }

    private record Row(QueueEntry entry, List<Long> recipients) {
        QueueEntry entry(Statements tables) throws SQLException {
            return new QueueEntry(
                    entry.id(),
                    entry.mailName(),
                    entry.sender(),
                    entry.nextHop(),
                    TraceReader.recipients(tables, recipients),
                    entry.size(),
                    entry.acceptedAt(),
                    entry.dueAt(),
                    entry.expiresAt(),
                    entry.attempts(),
                    entry.held(),
                    entry.inAttempt());
        }
    }

    private Row read(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        QueueEntry entry = new QueueEntry(
                id,
                row.getString(3),
                ReversePath.of(row.getString(4)),
                NextHop.parse(row.getString(5)),
                List.of(),
                row.getLong(7),
                Instant.ofEpochMilli(row.getLong(8)),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                row.getInt(11),
                row.getInt(12) != 0,
                claims.tried(id).isPresent());
        return new Row(entry, DeliveryRows.ids(row.getLong(2), row.getString(6)));
    }

    /** A page of the deliveries that are meant, by id. */
    List<Long> selected(Statements tables, Selection selection, long after, int limit) throws SQLException {
        if (selection instanceof Selection.Delivery delivery) {
            return delivery.id() > after ? List.of(delivery.id()) : List.of();
        }
        if (selection instanceof Selection.Mail mail) {
            return tables.list(OF_MAIL, row -> row.getLong(1), mail.name()).stream()
                    .filter(id -> id > after)
                    .limit(limit)
                    .toList();
        }
        QueueFilter filter = ((Selection.Matching) selection).filter();
        return page(tables, filter, after, limit).stream().map(QueueEntry::id).toList();
    }
}
