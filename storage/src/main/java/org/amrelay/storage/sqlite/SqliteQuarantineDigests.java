// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.quarantine.DigestBook;
import org.amrelay.filtering.quarantine.DigestMail;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;

/** Who was told of what, and whose mail recipients want. */
final class SqliteQuarantineDigests implements DigestBook, AllowedSenders {
    private static final String AWAITING = """
            SELECT DISTINCT r.address FROM quarantine_recipient r JOIN quarantine_item q ON q.id = r.id >> 20
            WHERE r.state = 0 AND r.told_at IS NULL AND q.notify = 1 AND q.taken_at < ?1 AND r.address > ?3
              AND NOT EXISTS (SELECT 1 FROM quarantine_digest d WHERE d.address = r.address AND d.sent_at >= ?1)
            ORDER BY r.address LIMIT ?2""";
    private static final String NEW_FOR = QuarantineRows.COLUMNS + """
            JOIN quarantine_recipient r ON q.id = r.id >> 20
            WHERE r.address = ?1 AND r.state = 0 AND r.told_at IS NULL AND q.notify = 1 ORDER BY q.id DESC LIMIT ?2""";
    private static final String TOLD = """
            UPDATE quarantine_recipient SET told_at = ?4
            WHERE id >= ?1 AND id < ?2 AND address = ?3 AND told_at IS NULL""";
    private static final String SENT = """
            INSERT INTO quarantine_digest (address, sent_at) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET sent_at = excluded.sent_at""";
    private static final String ALLOW =
            "INSERT INTO quarantine_allowed (recipient, sender, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String IS_ALLOWED = "SELECT 1 FROM quarantine_allowed WHERE recipient = ? AND sender = ?";
    private static final String FIRST_PROCESSOR = "root";

    private final Parts parts;
    private final Consumer<String> spoolListener;

    SqliteQuarantineDigests(Parts parts, Consumer<String> spoolListener) {
        this.parts = parts;
        this.spoolListener = spoolListener;
    }

    @Override
    public List<EmailAddress> awaiting(Instant slot, String after, int limit) {
        return parts.readers()
                .read(tables -> tables.list(
                        AWAITING, row -> DeliveryRows.address(row.getString(1)), slot.toEpochMilli(), limit, after));
    }

    @Override
    public List<QuarantinedMail> newFor(EmailAddress recipient, int limit) {
        return parts.readers()
                .readSnapshot(tables ->
                        tables.list(NEW_FOR, row -> QuarantineRows.mail(tables, row), recipient.toString(), limit));
    }

    @Override
    public void send(DigestMail digest, Instant at) {
        parts.space().requireRoom();
        StoredMail mail = new StoredMail(
                digest.name(),
                Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(digest.to()))),
                digest.content(),
                FIRST_PROCESSOR,
                Optional.empty(),
                digest.attributes(),
                Origin.within(),
                at);
        PreparedItem item = parts.intake().prepare(NewSpoolItem.of(Spool.MAIN, mail));
        QuarantineWrites.await(parts.writer()
                .submit(
                        item.weight(),
                        tables -> {
                            parts.intake().write(tables, item);
                            told(tables, digest, at.toEpochMilli());
                            return item;
                        },
                        parts.intake()::committed)
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        parts.intake().abandon(item);
                    }
                }));
        spoolListener.accept(Spool.MAIN);
    }

    private static void told(Statements tables, DigestMail digest, long at) throws SQLException {
        for (long item : digest.about()) {
            tables.update(TOLD, Ids.of(item, 0), Ids.end(item), digest.to().toString(), at);
        }
        tables.update(SENT, digest.to().toString(), at);
    }

    @Override
    public void allow(EmailAddress recipient, EmailAddress sender, Instant at) {
        QuarantineWrites.await(parts.writer()
                .submit(
                        0,
                        tables -> tables.update(ALLOW, lower(recipient), lower(sender), at.toEpochMilli()),
                        done -> {}));
    }

    @Override
    public boolean isAllowed(EmailAddress recipient, EmailAddress sender) {
        return parts.readers().read(tables -> tables.exists(IS_ALLOWED, lower(recipient), lower(sender)));
    }

    private static String lower(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
