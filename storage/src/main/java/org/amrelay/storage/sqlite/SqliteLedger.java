// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.ledger.Changed;
import org.amrelay.storage.ledger.Impact;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.ledger.SentTrace;
import org.amrelay.storage.ledger.Undone;

/** The ledger; its tables are written by everybody, and read, recounted and shortened here. */
final class SqliteLedger implements Ledger {
    private static final String OLDEST = """
            SELECT m.id, m.accepted_at < ?2, EXISTS (SELECT 1 FROM recipient r
                   WHERE r.id >= m.id * 1048576 AND r.id < (m.id + 1) * 1048576 AND r.state < 10)
                   OR EXISTS (SELECT 1 FROM quarantine_item q WHERE q.mail_id = m.id AND q.kept > 0)
            FROM mail m WHERE m.id > ?1 ORDER BY m.id LIMIT 500""";
    private static final String FORGET_EVENTS = "DELETE FROM event WHERE mail_id = ?";
    private static final String FORGET_RECIPIENTS = "DELETE FROM recipient WHERE id >= ? AND id < ?";
    private static final String FORGET_MAIL = "DELETE FROM mail WHERE id = ?";

    private final Parts parts;
    private final TraceReader traces;
    private final QueueReader queue;
    private final Orders orders;
    private final Undoing undoing;

    SqliteLedger(Parts parts, SqliteDeliveries deliveries) {
        this.parts = parts;
        this.traces = new TraceReader();
        this.queue = new QueueReader(parts.deliveryClaims());
        this.orders = new Orders(parts, queue, deliveries::announce);
        this.undoing = new Undoing(parts, deliveries::announce);
    }

    @Override
    public Audit audit() {
        return parts.readers()
                .readSnapshot(tables ->
                        new Auditor(tables, parts.bodies()).audit(parts.clock().instant()));
    }

    @Override
    public List<MailTrace> trace(String mailName) {
        return parts.readers().readSnapshot(tables -> traces.byName(tables, mailName));
    }

    @Override
    public Optional<SentTrace> ofReturnPath(String path) {
        return parts.readers().read(tables -> traces.ofReturnPath(tables, path));
    }

    @Override
    public List<MailTrace> recent(long beforeId, int limit) {
        return parts.readers().readSnapshot(tables -> traces.recent(tables, beforeId, limit));
    }

    @Override
    public List<QueueEntry> queued(QueueFilter filter, long afterId, int limit) {
        return parts.readers().readSnapshot(tables -> queue.page(tables, filter, afterId, limit));
    }

    @Override
    public List<QueueEntry> queued(Selection selection, long afterId, int limit) {
        return parts.readers().readSnapshot(tables -> queue.page(tables, selection, afterId, limit));
    }

    @Override
    public Impact impact(Selection selection) {
        return parts.readers().readSnapshot(tables -> queue.impact(tables, selection));
    }

    @Override
    public long queuedCount() {
        return parts.laneIndex().all();
    }

    @Override
    public CompletionStage<Changed> hold(Selection selection, String by) {
        return orders.carryOut(Orders.Order.HOLD, selection, by);
    }

    @Override
    public CompletionStage<Changed> release(Selection selection, String by) {
        return orders.carryOut(Orders.Order.RELEASE, selection, by);
    }

    @Override
    public CompletionStage<Changed> cancel(Selection selection, String by) {
        return orders.carryOut(Orders.Order.CANCEL, selection, by);
    }

    @Override
    public CompletionStage<Changed> cancelLater(Selection selection, boolean tellSender, Instant at, String by) {
        return orders.cancelLater(selection, tellSender, at, by);
    }

    @Override
    public CompletionStage<Optional<Undone>> undo(String by) {
        return undoing.undoLast(by);
    }

    @Override
    public CompletionStage<Changed> retry(Selection selection, String by) {
        return orders.carryOut(Orders.Order.RETRY, selection, by);
    }

    @Override
    public CompletionStage<Long> forgetOlderThan(Duration age, int limit) {
        long before = parts.clock().instant().minus(age).toEpochMilli();
        List<Long> finished;
        try {
            finished = parts.readers().read(tables -> finished(tables, before, limit));
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
        // A mail whose recipients are all final, and not kept back, stays so; nothing comes between look and deletion.
        return parts.writer()
                .submit(
                        0,
                        tables -> {
                            for (long mail : finished) {
                                tables.update(FORGET_EVENTS, mail);
                                tables.update(FORGET_RECIPIENTS, Ids.of(mail, 0), Ids.end(mail));
                                tables.update(FORGET_MAIL, mail);
                            }
                            return (long) finished.size();
                        },
                        count -> {});
    }

    private record Old(long id, boolean isOld, boolean isOpen) {}

    /** Ids grow with time, so the search ends at the first mail that is young. */
    private static List<Long> finished(Statements tables, long before, int limit) throws SQLException {
        List<Long> finished = new ArrayList<>();
        long after = 0;
        while (true) {
            List<Old> page = tables.list(
                    OLDEST, row -> new Old(row.getLong(1), row.getBoolean(2), row.getBoolean(3)), after, before);
            for (Old mail : page) {
                if (!mail.isOld() || finished.size() == limit) {
                    return finished;
                }
                if (!mail.isOpen()) {
                    finished.add(mail.id());
                }
                after = mail.id();
            }
            if (page.isEmpty()) {
                return finished;
            }
        }
    }

    @Override
    public CompletionStage<Void> note(String mailName, Instant at, String kind, String text) {
        return parts.writer()
                .submit(
                        0,
                        tables -> {
                            List<Long> mails = new ArrayList<>(traces.idsOf(tables, mailName));
                            for (long mail : mails) {
                                MailRows.event(tables, mail, at.toEpochMilli(), EventLines.of(kind, text));
                            }
                            return mails;
                        },
                        mails -> {})
                .thenRun(() -> {});
    }
}
