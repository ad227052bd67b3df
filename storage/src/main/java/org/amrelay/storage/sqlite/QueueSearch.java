// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import org.amrelay.storage.ledger.QueueFilter;

/** The ways to find deliveries. Each checks all conditions, and asks the index of one of them, or goes through all that waits. */
enum QueueSearch {
    RECIPIENT("""
            FROM recipient s INDEXED BY recipient_waiting_address CROSS JOIN delivery d CROSS JOIN mail m
            WHERE s.state IN (1, 2) AND lower(s.address) = ?11 AND s.delivery_id > ?1 AND d.id = s.delivery_id
            """, "GROUP BY s.delivery_id ", "s.delivery_id"),
    SENDER("""
            FROM delivery d INDEXED BY delivery_sender CROSS JOIN mail m WHERE lower(d.sender) = ?10 AND d.id > ?1
            """, "", "d.id"),
    ACCOUNT("""
            FROM delivery d INDEXED BY delivery_account CROSS JOIN mail m WHERE d.account = ?6 AND d.id > ?1
            """, "", "d.id"),
    DOMAIN("""
            FROM recipient s INDEXED BY recipient_waiting_domain CROSS JOIN delivery d CROSS JOIN mail m
            WHERE s.state IN (1, 2)
              AND lower(substr(s.address, length(rtrim(s.address, replace(s.address, '@', ''))) + 1)) = substr(?8, 2)
              AND s.delivery_id > ?1 AND d.id = s.delivery_id
            """, "GROUP BY s.delivery_id ", "s.delivery_id"),
    ALL("FROM delivery d CROSS JOIN mail m WHERE d.id > ?1 ", "", "d.id");

    private static final String CONDITIONS = """
              AND m.id = d.mail_id
              AND (?2 IS NULL OR d.next_hop = ?2)
              AND (?3 IS NULL OR instr(lower(d.sender), ?3) > 0)
              AND (?4 IS NULL OR d.held = ?4)
              AND (?6 IS NULL OR d.account = ?6)
              AND (?7 IS NULL OR d.accepted_at < ?7)
              AND (?10 IS NULL OR lower(d.sender) = ?10)
              AND ((?5 IS NULL AND ?8 IS NULL AND ?9 IS NULL AND ?11 IS NULL AND ?12 IS NULL)
                   OR EXISTS (SELECT 1 FROM recipient r
                   WHERE r.id >= d.mail_id * 1048576 AND r.id < (d.mail_id + 1) * 1048576
                     AND r.delivery_id = d.id AND r.state IN (1, 2)
                     AND (?5 IS NULL OR instr(lower(r.address), ?5) > 0)
                     AND (?8 IS NULL OR substr(lower(r.address), -length(?8)) = ?8)
                     AND (?9 IS NULL OR instr(lower(r.reply), ?9) > 0)
                     AND (?11 IS NULL OR lower(r.address) = ?11)
                     AND (?12 IS NULL OR r.decided_by = ?12)))
            """;
    /** What a row of a page holds; see {@link QueueReader}. */
    static final String COLUMNS = """
            SELECT d.id, d.mail_id, m.name, d.sender, d.next_hop, d.recipients, m.size, m.accepted_at, d.due_at,
                   d.expires_at, d.attempts, d.held, m.account, d.cancel_at
            """;

    private final String page;
    private final String sum;
    private final String senders;
    private final String nextHops;

    QueueSearch(String from, String once, String order) {
        String found = "(SELECT d.sender, d.next_hop, d.recipients, m.size " + from + CONDITIONS + once + ")";
        this.page = COLUMNS + from + CONDITIONS + once + "ORDER BY " + order + " LIMIT ?13";
        this.sum =
                "SELECT count(*), total(length(recipients) - length(replace(recipients, ',', '')) + 1), total(size) FROM "
                        + found;
        this.senders = "SELECT sender, count(*) FROM " + found + " GROUP BY sender ORDER BY 2 DESC, 1 LIMIT 5";
        this.nextHops = "SELECT next_hop, count(*) FROM " + found + " GROUP BY next_hop ORDER BY 2 DESC, 1 LIMIT 5";
    }

    /** The way that looks at the fewest, as far as one can know without looking. */
    static QueueSearch of(QueueFilter filter) {
        if (filter.recipient().isPresent()) {
            return RECIPIENT;
        }
        if (filter.sender().isPresent()) {
            return SENDER;
        }
        if (filter.account().isPresent()) {
            return ACCOUNT;
        }
        return filter.domain().isPresent() ? DOMAIN : ALL;
    }

    String page() {
        return page;
    }

    String sum() {
        return sum;
    }

    String senders() {
        return senders;
    }

    String nextHops() {
        return nextHops;
    }
}
