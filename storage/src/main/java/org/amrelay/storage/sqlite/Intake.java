// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;

/**
 * How a mail gets into a queue, in whichever transaction: prepared by the caller, written by the writer, known in memory
 * after the commit.
 *
 * <p>Safe for several threads.
 */
final class Intake {
    private final Ids ids;
    private final Clock clock;
    private final Bodies bodies;
    private final SpoolRows rows;
    private final SpoolIndex index;
    private final Fresh<SpoolItem> fresh;

    Intake(Ids ids, Clock clock, Bodies bodies, SpoolRows rows, SpoolIndex index, Fresh<SpoolItem> fresh) {
        this.ids = ids;
        this.clock = clock;
        this.bodies = bodies;
        this.rows = rows;
        this.index = index;
        this.fresh = fresh;
    }

    PreparedItem prepare(NewSpoolItem wanted) {
        boolean accounted = wanted.queue().equals(Spool.MAIN);
        StoredMail mail = wanted.mail();
        Envelope envelope = accounted ? withoutRepetitions(mail.envelope()) : mail.envelope();
        if (accounted && envelope.recipients().isEmpty()) {
            throw new IllegalArgumentException("mail " + mail.name() + " has no recipient to account for");
        }
        long id = ids.next();
        PreparedBody body = bodies.prepare(Ids.of(id, 0), mail.content());
        StoredMail kept = new StoredMail(
                mail.name(),
                envelope,
                body.content(),
                mail.state(),
                mail.errorMessage(),
                mail.attributes(),
                mail.origin(),
                mail.lastUpdated().truncatedTo(ChronoUnit.MILLIS));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SpoolItem item = new SpoolItem(id, wanted.queue(), kept, wanted.priority(), wanted.notBefore(), now, 0);
        return new PreparedItem(item, body, StoredMailCodec.write(kept));
    }

    /** Prepares all or none. */
    List<PreparedItem> prepareAll(List<NewSpoolItem> wanted) {
        List<PreparedItem> prepared = new ArrayList<>(wanted.size());
        try {
            for (NewSpoolItem item : wanted) {
                prepared.add(prepare(item));
            }
            return prepared;
        } catch (RuntimeException e) {
            prepared.forEach(this::abandon);
            throw e;
        }
    }

    private static Envelope withoutRepetitions(Envelope envelope) {
        Map<EmailAddress, EnvelopeRecipient> once = new LinkedHashMap<>();
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            once.putIfAbsent(recipient.address(), recipient);
        }
        return once.size() == envelope.recipients().size() ? envelope : envelope.to(List.copyOf(once.values()));
    }

    void write(Statements tables, PreparedItem prepared) throws SQLException {
        SpoolItem item = prepared.item();
        StoredMail mail = item.mail();
        long now = item.acceptedAt().toEpochMilli();
        if (item.queue().equals(Spool.MAIN)) {
            long size = prepared.body().size();
            MailRows.insert(tables, item.id(), mail.name(), mail.envelope(), size, mail.origin(), now);
            int number = 0;
            for (EnvelopeRecipient recipient : mail.envelope().recipients()) {
                long row = Ids.of(item.id(), number++);
                MailRows.insertRecipient(tables, row, recipient, RecipientState.ACCEPTED, now, null, null, null);
            }
        }
        bodies.insert(tables, prepared.body());
        rows.insert(tables, item, prepared.snapshot());
    }

    /** The item exists now. */
    void committed(PreparedItem prepared) {
        SpoolItem item = prepared.item();
        boolean isDue = !item.notBefore().isAfter(item.acceptedAt());
        if (isDue && prepared.body().keptBytes() > 0) {
            fresh.put(item.id(), item, prepared.body().keptBytes());
        }
        index.came(item.queue(), item.id(), item.priority(), item.notBefore().toEpochMilli());
    }

    /** The item was not written. */
    void abandon(PreparedItem prepared) {
        bodies.forget(prepared.item().id());
    }
}
