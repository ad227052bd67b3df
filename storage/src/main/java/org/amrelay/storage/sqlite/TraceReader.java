// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.RecipientTrace;
import org.amrelay.storage.ledger.SentTrace;
import org.amrelay.storage.ledger.TraceEvent;
import org.amrelay.storage.mail.Origin;

/** Reads what is known of mails. */
final class TraceReader {
    private static final String COLUMNS = """
            SELECT id, name, accepted_at, sender, account, size, remote_host, remote_address, helo, protocol FROM mail
            """;
    private static final String BY_NAME = COLUMNS + "WHERE name = ? ORDER BY id LIMIT 100";
    private static final String RECENT = COLUMNS + "WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String IDS = "SELECT id FROM mail WHERE name = ? LIMIT 100";
    private static final String RECIPIENT_COLUMNS = """
            SELECT id, address, state, changed_at, decided_by, reply, peer, tls, in_doubt, parent FROM recipient
            """;
    private static final String RECIPIENTS = RECIPIENT_COLUMNS + "WHERE id >= ? AND id < ? ORDER BY id";
    private static final String RECIPIENT = RECIPIENT_COLUMNS + "WHERE id = ?";
    private static final String OF_PATH = """
            SELECT m.name, m.account, r.address FROM recipient r JOIN mail m ON m.id = r.id / 1048576
            WHERE r.return_path = ? ORDER BY r.id DESC LIMIT 1""";
    private static final String EVENTS = "SELECT at, lines FROM event WHERE mail_id = ? ORDER BY number";

    List<MailTrace> byName(Statements tables, String name) throws SQLException {
        List<MailTrace> whole = new ArrayList<>();
        for (MailTrace mail : tables.list(BY_NAME, TraceReader::mail, name)) {
            List<TraceEvent> events = new ArrayList<>();
            events.add(new TraceEvent(mail.acceptedAt(), "accepted", accepted(mail)));
            tables.list(
                            EVENTS,
                            row -> EventLines.read(Instant.ofEpochMilli(row.getLong(1)), row.getString(2)),
                            mail.id())
                    .forEach(events::addAll);
            whole.add(with(mail, recipients(tables, mail.id()), events));
        }
        return whole;
    }

    private static String accepted(MailTrace mail) {
        Origin origin = mail.origin();
        return "from <" + mail.sender() + "> by " + origin.remoteHost() + "[" + origin.remoteAddress() + "], "
                + mail.size() + " bytes";
    }

    List<MailTrace> recent(Statements tables, long before, int limit) throws SQLException {
        List<MailTrace> found = new ArrayList<>();
        for (MailTrace mail : tables.list(RECENT, TraceReader::mail, before, limit)) {
            found.add(with(mail, recipients(tables, mail.id()), List.of()));
        }
        return found;
    }

    Optional<SentTrace> ofReturnPath(Statements tables, String path) throws SQLException {
        return tables.first(
                OF_PATH,
                row -> new SentTrace(row.getString(1), MailRows.text(row, 2), DeliveryRows.address(row.getString(3))),
                path.toLowerCase(Locale.ROOT));
    }

    List<Long> idsOf(Statements tables, String name) throws SQLException {
        return tables.list(IDS, row -> row.getLong(1), name);
    }

    private static MailTrace with(MailTrace mail, List<RecipientTrace> recipients, List<TraceEvent> events) {
        return new MailTrace(
                mail.id(),
                mail.name(),
                mail.sender(),
                mail.account(),
                mail.origin(),
                mail.size(),
                mail.acceptedAt(),
                recipients,
                events);
    }

    private static MailTrace mail(ResultSet row) throws SQLException {
        return new MailTrace(
                row.getLong(1),
                row.getString(2),
                ReversePath.of(row.getString(4)),
                MailRows.text(row, 5),
                new Origin(row.getString(7), row.getString(8), row.getString(9), row.getString(10)),
                row.getLong(6),
                Instant.ofEpochMilli(row.getLong(3)),
                List.of(),
                List.of());
    }

    private static List<RecipientTrace> recipients(Statements tables, long mail) throws SQLException {
        return tables.list(RECIPIENTS, TraceReader::recipient, Ids.of(mail, 0), Ids.end(mail));
    }

    static List<RecipientTrace> recipients(Statements tables, List<Long> ids) throws SQLException {
        List<RecipientTrace> found = new ArrayList<>(ids.size());
        for (long id : ids) {
            tables.first(RECIPIENT, TraceReader::recipient, id).ifPresent(found::add);
        }
        return found;
    }

    private static RecipientTrace recipient(ResultSet row) throws SQLException {
        long parent = row.getLong(10);
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(parent);
        return new RecipientTrace(
                row.getLong(1),
                DeliveryRows.address(row.getString(2)),
                RecipientState.ofNumber(row.getInt(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                MailRows.text(row, 5).orElse(""),
                MailRows.text(row, 6).map(ReplyText::read),
                MailRows.text(row, 7).orElse(""),
                MailRows.text(row, 8).orElse(""),
                row.getInt(9) != 0,
                known);
    }
}
