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
import java.util.stream.Collectors;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.WaitingDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.ReturnContent;

/** The table {@code delivery}. */
final class DeliveryRows {
    private static final String INSERT = """
            INSERT INTO delivery (id, mail_id, next_hop, sender, due_at, expires_at, attempts, held, delay_notice, content,
                                  recipients, accepted_at, account)
            VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?)""";
    private static final String FIND = """
            SELECT d.id, d.mail_id, d.next_hop, d.sender, d.due_at, d.expires_at, d.attempts, d.held, d.delay_notice,
                   d.content, d.recipients, m.name, m.accepted_at, m.account, m.envelope_id, m.return_content, c.size,
                   m.require_tls
            FROM delivery d JOIN mail m ON m.id = d.mail_id
            LEFT JOIN content c ON c.id = d.mail_id * 1048576 + d.content
            WHERE d.id = ?""";
    private static final String RECIPIENT = "SELECT address, notify_on, original, reply FROM recipient WHERE id = ?";
    private static final String TRIED = """
            UPDATE delivery SET due_at = ?2, attempts = attempts + 1, delay_notice = ?3, recipients = ?4 WHERE id = ?1""";
    private static final String SPLIT_HELD = """
            INSERT INTO delivery (id, mail_id, next_hop, sender, due_at, expires_at, attempts, held, delay_notice, content,
                                  recipients, accepted_at, account)
            SELECT ?2, mail_id, next_hop, sender, ?3, expires_at, attempts + 1, 1, delay_notice, content, ?4, accepted_at,
                   account
            FROM delivery WHERE id = ?1""";
    private static final String DELETE = "DELETE FROM delivery WHERE id = ?";
    private static final String HOLD = "UPDATE delivery SET held = 1 WHERE id = ?";
    private static final String DUE = "UPDATE delivery SET held = 0, due_at = ?2, cancel_at = NULL WHERE id = ?1";
    private static final String CANCEL_LATER =
            "UPDATE delivery SET held = 1, cancel_at = ?2, cancel_tells = ?3 WHERE id = ?1";
    private static final String CANCELLED = "SELECT cancel_at, cancel_tells FROM delivery WHERE id = ?";
    private static final String RESTORE = "UPDATE delivery SET held = ?2, due_at = ?3, cancel_at = NULL WHERE id = ?1";
    private static final String INDEX = """
            SELECT d.id, d.next_hop, d.due_at, d.held, m.account, d.sender, d.cancel_at
            FROM delivery d JOIN mail m ON m.id = d.mail_id""";

    private static final String PART = """
            SELECT d.id, d.held, d.next_hop, m.accepted_at, d.due_at, d.expires_at, d.delay_notice
            FROM delivery d JOIN mail m ON m.id = d.mail_id WHERE d.id > ? ORDER BY d.id LIMIT ?""";
    private static final String TOLD = "UPDATE delivery SET delay_notice = ?2, recipients = ?3 WHERE id = ?1";

    private final Bodies bodies;

    DeliveryRows(Bodies bodies) {
        this.bodies = bodies;
    }

    void insert(Statements tables, PreparedDelivery delivery) throws SQLException {
        QueuedDelivery queued = delivery.queued();
        tables.update(
                INSERT,
                queued.id(),
                delivery.mail(),
                queued.nextHop().toString(),
                queued.envelope().sender().toString(),
                delivery.dueAt(),
                queued.expiresAt().toEpochMilli(),
                delivery.held() ? 1 : 0,
                delivery.contentNumber(),
                numbers(queued.recipients().stream().map(QueuedRecipient::id).toList()),
                queued.acceptedAt().toEpochMilli(),
                queued.envelope()
                        .account()
                        .map(account -> account.toLowerCase(Locale.ROOT))
                        .orElse(null));
    }

    /** The numbers of recipients of one mail, with commas. */
    static String numbers(List<Long> recipients) {
        return recipients.stream().map(id -> Integer.toString(Ids.number(id))).collect(Collectors.joining(","));
    }

    static List<Long> ids(long mail, String numbers) {
        return Arrays.stream(numbers.split(",", -1))
                .map(number -> Ids.of(mail, Integer.parseInt(number)))
                .toList();
    }

    private record Row(
            long id,
            long mail,
            NextHop nextHop,
            ReversePath sender,
            long dueAt,
            Instant expiresAt,
            int attempts,
            boolean held,
            boolean delayNotice,
            int content,
            List<Long> recipients,
            String name,
            Instant acceptedAt,
            Envelope envelope,
            long size) {}

    Optional<PreparedDelivery> find(Statements tables, long id) throws SQLException {
        Optional<Row> found = tables.first(FIND, DeliveryRows::read, id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Row row = found.get();
        List<QueuedRecipient> recipients = new ArrayList<>(row.recipients().size());
        for (long recipient : row.recipients()) {
            recipients.add(recipient(tables, recipient));
        }
        Envelope envelope = new Envelope(
                row.sender(),
                recipients.stream().map(QueuedRecipient::recipient).toList(),
                row.envelope().envelopeId(),
                row.envelope().returnContent(),
                row.envelope().account(),
                row.envelope().requireTls());
        QueuedDelivery queued = new QueuedDelivery(
                id,
                row.name(),
                envelope,
                recipients,
                row.nextHop(),
                bodies.stored(Ids.of(row.mail(), row.content()), row.size()),
                row.acceptedAt(),
                row.expiresAt(),
                row.attempts(),
                row.delayNotice());
        return Optional.of(new PreparedDelivery(queued, row.dueAt(), row.held(), row.content(), 0));
    }

    private static Row read(ResultSet row) throws SQLException {
        long mail = row.getLong(2);
        ReversePath sender = ReversePath.of(row.getString(4));
        int returned = row.getInt(16);
        Optional<ReturnContent> returnContent =
                row.wasNull() ? Optional.empty() : Optional.of(ReturnContent.values()[returned]);
        return new Row(
                row.getLong(1),
                mail,
                NextHop.parse(row.getString(3)),
                sender,
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7),
                row.getInt(8) != 0,
                row.getInt(9) != 0,
                row.getInt(10),
                ids(mail, row.getString(11)),
                row.getString(12),
                Instant.ofEpochMilli(row.getLong(13)),
                new Envelope(
                        sender,
                        List.of(),
                        MailRows.text(row, 15),
                        returnContent,
                        MailRows.text(row, 14),
                        row.getInt(18) != 0),
                row.getLong(17));
    }

    private static QueuedRecipient recipient(Statements tables, long id) throws SQLException {
        return tables.first(
                        RECIPIENT,
                        row -> new QueuedRecipient(
                                id,
                                new EnvelopeRecipient(
                                        address(row.getString(1)),
                                        NotifyBits.read(row.getInt(2)),
                                        MailRows.text(row, 3)),
                                MailRows.text(row, 4).map(ReplyText::read)),
                        id)
                .orElseThrow(
                        () -> new IllegalStateException("a delivery names the recipient " + id + " that is not there"));
    }

    /** What was stored is an address, however long. */
    static EmailAddress address(String text) {
        int at = text.lastIndexOf('@');
        return new EmailAddress(text.substring(0, at), text.substring(at + 1));
    }

    void tried(Statements tables, long id, long dueAt, boolean delayNotice, List<Long> recipients) throws SQLException {
        if (tables.update(TRIED, id, dueAt, delayNotice ? 1 : 0, numbers(recipients)) != 1) {
            throw new IllegalStateException("there is no delivery " + id);
        }
    }

    /** Puts some recipients of a delivery into a held one of their own. */
    void splitHeld(Statements tables, long id, long holder, long dueAt, List<Long> recipients) throws SQLException {
        if (tables.update(SPLIT_HELD, id, holder, dueAt, numbers(recipients)) != 1) {
            throw new IllegalStateException("there is no delivery " + id);
        }
    }

    void delete(Statements tables, long id) throws SQLException {
        if (tables.update(DELETE, id) != 1) {
            throw new IllegalStateException("there is no delivery " + id);
        }
    }

    void hold(Statements tables, long id) throws SQLException {
        tables.update(HOLD, id);
    }

    /** Keeps when it is due and how often it was tried. */
    void untried(Statements tables, long id, boolean delayNotice, List<Long> recipients) throws SQLException {
        if (tables.update(TOLD, id, delayNotice ? 1 : 0, numbers(recipients)) != 1) {
            throw new IllegalStateException("there is no delivery " + id);
        }
    }

    /** A row as far as patience with it goes. */
    record Waiting(long id, boolean held, WaitingDelivery delivery) {}

    /** A part of the table, by id. */
    List<Waiting> part(Statements tables, long after, int limit) throws SQLException {
        return tables.list(
                PART,
                row -> new Waiting(
                        row.getLong(1),
                        row.getInt(2) != 0,
                        new WaitingDelivery(
                                NextHop.parse(row.getString(3)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                Instant.ofEpochMilli(row.getLong(5)),
                                Instant.ofEpochMilli(row.getLong(6)),
                                row.getInt(7) != 0)),
                after,
                limit);
    }

    /** When it is to be cancelled, and whether the sender is told; empty when it is not. */
    record Cancelled(long at, boolean tellSender) {}

    Optional<Cancelled> cancelled(Statements tables, long id) throws SQLException {
        return tables.first(
                        CANCELLED,
                        row -> {
                            long at = row.getLong(1);
                            boolean none = row.wasNull();
                            return none
                                    ? Optional.<Cancelled>empty()
                                    : Optional.of(new Cancelled(at, row.getInt(2) != 0));
                        },
                        id)
                .flatMap(found -> found);
    }

    /** Holds it until then. */
    void cancelLater(Statements tables, long id, long at, boolean tellSender) throws SQLException {
        tables.update(CANCEL_LATER, id, at, tellSender ? 1 : 0);
    }

    /** Makes it as it was before an order. */
    void restore(Statements tables, OrderLog.Before before) throws SQLException {
        tables.update(RESTORE, before.delivery(), before.held() ? 1 : 0, before.dueAt());
    }

    /** Makes it due, and releases it when it is held. */
    void due(Statements tables, long id, long at) throws SQLException {
        tables.update(DUE, id, at);
    }

    void fill(Statements tables, LaneIndex index) throws SQLException {
        tables.each(INDEX, row -> {
            index.came(flow(row), row.getLong(1), row.getLong(3), row.getInt(4) != 0);
            long cancelAt = row.getLong(7);
            if (!row.wasNull()) {
                index.cancelledAt(row.getLong(1), cancelAt);
            }
        });
    }

    private static Flow flow(ResultSet row) throws SQLException {
        NextHop nextHop = NextHop.parse(row.getString(2));
        String account = row.getString(5);
        return account == null
                ? new Flow(nextHop, Flow.ofSender(row.getString(6)))
                : new Flow(nextHop, account.toLowerCase(Locale.ROOT));
    }
}
