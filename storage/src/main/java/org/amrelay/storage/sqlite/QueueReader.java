// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.storage.ledger.Impact;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.jspecify.annotations.Nullable;

/** Finds deliveries for operators. */
final class QueueReader {
    private static final String ONE =
            QueueSearch.COLUMNS + "FROM delivery d JOIN mail m ON m.id = d.mail_id WHERE d.id = ?";
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
        @Nullable Object[] parameters = parameters(filter, after, limit);
        for (Row row : tables.list(QueueSearch.of(filter).page(), this::read, parameters)) {
            found.add(row.entry(tables));
        }
        return found;
    }

    private static @Nullable Object[] parameters(QueueFilter filter, long after, Integer... limit) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(
                after,
                filter.nextHop().map(NextHop::toString).orElse(null),
                lower(filter.senderContains()).orElse(null),
                filter.held().map(held -> held ? 1 : 0).orElse(null),
                lower(filter.recipientContains()).orElse(null),
                lower(filter.account()).orElse(null),
                filter.acceptedBefore().map(Instant::toEpochMilli).orElse(null),
                lower(filter.domain()).map(domain -> "@" + domain).orElse(null),
                lower(filter.replyContains()).orElse(null),
                lower(filter.sender()).orElse(null),
                lower(filter.recipient()).orElse(null),
                filter.heldBy().orElse(null)));
        all.addAll(Arrays.asList(limit));
        return all.toArray();
    }

    /** A page of what is selected. */
    List<QueueEntry> page(Statements tables, Selection selection, long after, int limit) throws SQLException {
        if (selection instanceof Selection.Matching matching) {
            return page(tables, matching.filter(), after, limit);
        }
        List<QueueEntry> found = new ArrayList<>();
        for (long id : selected(tables, selection, after, limit)) {
            Optional<Row> row = tables.first(ONE, this::read, id);
            if (row.isPresent()) {
                found.add(row.get().entry(tables));
            }
        }
        return found;
    }

    Impact impact(Statements tables, Selection selection) throws SQLException {
        if (selection instanceof Selection.Matching matching) {
            QueueSearch search = QueueSearch.of(matching.filter());
            @Nullable Object[] parameters = parameters(matching.filter(), 0);
            List<Impact.Share> senders = tables.list(search.senders(), QueueReader::share, parameters);
            List<Impact.Share> hops = tables.list(search.nextHops(), QueueReader::share, parameters);
            return tables.first(
                            search.sum(),
                            row -> new Impact(row.getLong(1), row.getLong(2), row.getLong(3), senders, hops),
                            parameters)
                    .orElseThrow();
        }
        List<QueueEntry> all = page(tables, selection, 0, Ids.MOST_NUMBERS);
        return new Impact(
                all.size(),
                all.stream().mapToLong(entry -> entry.recipients().size()).sum(),
                all.stream().mapToLong(QueueEntry::size).sum(),
                List.of(),
                List.of());
    }

    private static Impact.Share share(ResultSet row) throws SQLException {
        return new Impact.Share(row.getString(1), row.getLong(2));
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
                    entry.inAttempt(),
                    entry.account(),
                    entry.cancelledAt());
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
                claims.tried(id).isPresent(),
                MailRows.text(row, 13),
                time(row, 14));
        return new Row(entry, DeliveryRows.ids(row.getLong(2), row.getString(6)));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
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
