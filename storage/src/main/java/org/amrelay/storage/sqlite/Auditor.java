// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.ledger.Audit;

/** Recounts the ledger from its tables, in one snapshot; believes nothing that is in memory. */
final class Auditor {
    private static final int MOST_FINDINGS = 100;
    private static final String STATES = "SELECT state, count(*), total(in_doubt) FROM recipient GROUP BY state";
    private static final String LOST_IN_SPOOL = """
            SELECT r.id, r.address FROM recipient r
            WHERE r.state = 0
              AND NOT EXISTS (SELECT 1 FROM spool_item s WHERE s.id = r.id >> 20 AND s.queue = 'spool')""";
    private static final String LOST_IN_QUEUE = """
            SELECT r.id, r.address FROM recipient r
            WHERE r.state IN (1, 2)
              AND NOT EXISTS (SELECT 1 FROM delivery d
                              WHERE d.id = r.delivery_id AND d.mail_id = r.id >> 20 AND d.held = r.state - 1
                                AND instr(',' || d.recipients || ',', ',' || (r.id & 1048575) || ',') > 0)""";
    private static final String SPOOL_WITHOUT_BODY = """
            SELECT s.id * 1048576, 'the spool item ' || s.id FROM spool_item s
            WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.id = s.id * 1048576)""";
    private static final String DELIVERY_WITHOUT_BODY = """
            SELECT d.mail_id * 1048576, 'the delivery ' || d.id FROM delivery d
            WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.id = d.mail_id * 1048576 + d.content)
               OR EXISTS (SELECT 1 FROM content c WHERE c.id = d.mail_id * 1048576 + d.content AND c.tail_from IS NOT NULL
                          AND NOT EXISTS (SELECT 1 FROM content o WHERE o.id = d.mail_id * 1048576))""";
    private static final String QUARANTINE_WITHOUT_BODY = """
            SELECT q.owner * 1048576 + q.content, 'the quarantined mail ' || q.id FROM quarantine_item q
            WHERE q.kept > 0
              AND (NOT EXISTS (SELECT 1 FROM content c WHERE c.id = q.owner * 1048576 + q.content)
                   OR EXISTS (SELECT 1 FROM content c WHERE c.id = q.owner * 1048576 + q.content AND c.tail_from IS NOT NULL
                              AND NOT EXISTS (SELECT 1 FROM content o WHERE o.id = q.owner * 1048576)))""";
    private static final String KEPT_BUT_NOT_QUARANTINED = """
            SELECT k.id, k.address FROM quarantine_recipient k
            WHERE k.state = 0 AND k.row > 0
              AND NOT EXISTS (SELECT 1 FROM recipient r WHERE r.id = k.row AND r.state = 13)""";
    private static final String IN_FILES = "SELECT id FROM content WHERE bytes IS NULL";
    private static final String MAIL_WITHOUT_RECIPIENT = """
            SELECT m.id, m.name FROM mail m
            WHERE NOT EXISTS (SELECT 1 FROM recipient r WHERE r.id >= m.id * 1048576 AND r.id < (m.id + 1) * 1048576)""";
    private static final String RECIPIENT_WITHOUT_MAIL =
            "SELECT r.id, r.address FROM recipient r WHERE NOT EXISTS (SELECT 1 FROM mail m WHERE m.id = r.id >> 20)";
    private static final String IDLE_DELIVERY = """
            SELECT d.id, d.next_hop FROM delivery d
            WHERE NOT EXISTS (SELECT 1 FROM recipient r
                              WHERE r.id >= d.mail_id * 1048576 AND r.id < (d.mail_id + 1) * 1048576
                                AND r.delivery_id = d.id AND r.state IN (1, 2))""";
    private static final String MAILS = "SELECT count(*) FROM mail";

    private record Found(long id, String words) {}

    private final Statements tables;
    private final Bodies bodies;
    private final List<String> findings = new ArrayList<>();
    private long unaccounted;

    Auditor(Statements tables, Bodies bodies) {
        this.tables = tables;
        this.bodies = bodies;
    }

    Audit audit(Instant at) throws SQLException {
        Map<RecipientState, Long> byState = new EnumMap<>(RecipientState.class);
        for (RecipientState state : RecipientState.values()) {
            byState.put(state, 0L);
        }
        long[] sums = new long[2];
        tables.list(STATES, row -> {
            byState.put(RecipientState.ofNumber(row.getInt(1)), row.getLong(2));
            sums[0] += row.getLong(2);
            sums[1] += row.getLong(3);
            return true;
        });
        lost(LOST_IN_SPOOL, "is accepted, but not in the spool");
        lost(LOST_IN_QUEUE, "waits, but in no delivery");
        lost(RECIPIENT_WITHOUT_MAIL, "belongs to no mail");
        withoutBody(SPOOL_WITHOUT_BODY);
        withoutBody(DELIVERY_WITHOUT_BODY);
        withoutBody(QUARANTINE_WITHOUT_BODY);
        lost(KEPT_BUT_NOT_QUARANTINED, "is in quarantine, but the ledger says otherwise");
        withoutFile();
        for (Found mail : find(MAIL_WITHOUT_RECIPIENT)) {
            unaccounted++;
            finding("the mail " + mail.words() + " (" + mail.id() + ") has no recipient");
        }
        find(IDLE_DELIVERY).forEach(idle -> finding("the delivery " + idle.id() + " has nobody to deliver to"));
        return new Audit(at, tables.number(MAILS), sums[0], byState, unaccounted, sums[1], findings);
    }

    private void lost(String sql, String words) throws SQLException {
        for (Found recipient : find(sql)) {
            unaccounted++;
            finding("the recipient " + recipient.words() + " (" + recipient.id() + ") " + words);
        }
    }

    private void withoutBody(String sql) throws SQLException {
        for (Found item : find(sql)) {
            unaccounted++;
            finding(item.words() + " has no body");
        }
    }

    private void withoutFile() throws SQLException {
        for (long id : tables.list(IN_FILES, row -> row.getLong(1))) {
            if (!bodies.hasFile(id)) {
                unaccounted++;
                finding("the body " + id + " has lost its file");
            }
        }
    }

    private List<Found> find(String sql) throws SQLException {
        return tables.list(sql, row -> new Found(row.getLong(1), row.getString(2)));
    }

    private void finding(String words) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(words);
        }
    }
}
