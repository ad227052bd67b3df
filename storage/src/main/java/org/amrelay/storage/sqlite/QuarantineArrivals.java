// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.spool.NewQuarantined;

/** Mail that rested in a repository before there was a quarantine. */
final class QuarantineArrivals {
    private static final String MAIL = """
            SELECT m.id FROM mail m JOIN recipient r ON r.id >= m.id * 1048576 AND r.id < (m.id + 1) * 1048576
            WHERE m.name = ? AND r.address = ? AND r.state = 13 ORDER BY m.id DESC LIMIT 1""";
    private static final String ROW = """
            SELECT r.id FROM recipient r
            WHERE r.id >= ?1 AND r.id < ?2 AND r.address = ?3 AND r.state = 13
              AND NOT EXISTS (SELECT 1 FROM quarantine_recipient q WHERE q.row = r.id) ORDER BY r.id LIMIT 1""";
    private static final String LEAVE = "DELETE FROM repository_mail WHERE id = ?";
    private static final String FIND = """
            SELECT m.id, m.mail FROM repository_mail m JOIN repository r ON r.id = m.repository_id
            WHERE r.url = ? AND m.mail_key = ?""";

    private QuarantineArrivals() {}

    private record Resting(long id, byte[] snapshot) {}

    static boolean takeOver(
            Statements tables, Parts parts, String url, String key, QuarantineTakeOver.Conversion how, Instant now)
            throws SQLException {
        Optional<Resting> found = tables.first(FIND, row -> new Resting(row.getLong(1), row.getBytes(2)), url, key);
        if (found.isEmpty()) {
            return false;
        }
        long owner = found.get().id();
        NewQuarantined wanted = how.of(
                StoredMailCodec.read(
                        found.get().snapshot(), size -> parts.bodies().stored(Ids.of(owner, 0), size)),
                now);
        long mail = ledgerMail(tables, wanted);
        List<PreparedQuarantine.Copy> copies = new ArrayList<>();
        for (EmailAddress recipient : wanted.recipients()) {
            long row = mail == 0 ? 0 : tables.number(ROW, Ids.of(mail, 0), Ids.end(mail), recipient.toString());
            copies.add(new PreparedQuarantine.Copy(recipient, row));
        }
        // The body stays where it is and changes hands
        PreparedQuarantine kept = new PreparedQuarantine(
                parts.ids().next(), wanted, owner, 0, mail, copies, StoredMailCodec.write(wanted.mail()));
        QuarantineRows.insert(tables, kept, now.toEpochMilli());
        tables.update(LEAVE, owner);
        if (mail != 0) {
            MailRows.event(tables, mail, now.toEpochMilli(), EventLines.of("quarantined", QuarantineRows.words(kept)));
        }
        return true;
    }

    /** Parts of a mail rest under its name with a number behind. */
    private static long ledgerMail(Statements tables, NewQuarantined wanted) throws SQLException {
        String name = wanted.mail().name();
        String recipient = wanted.recipients().get(0).toString();
        long whole = tables.number(MAIL, name, recipient);
        int hyphen = name.lastIndexOf('-');
        return whole != 0 || hyphen < 1 ? whole : tables.number(MAIL, name.substring(0, hyphen), recipient);
    }
}
