// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantineStore.Amount;
import org.amrelay.filtering.quarantine.QuarantinedMail;

/** Finds mail in quarantine. */
final class QuarantineSearch {
    private static final String CONDITIONS = """
            WHERE q.id < ?1 AND (?2 = 1 OR q.kept > 0)
              AND (?3 = '' OR instr(lower(q.sender || char(10) || q.author), ?3) > 0)
              AND (?4 = '' OR EXISTS (SELECT 1 FROM quarantine_recipient r
                                      WHERE r.id >= q.id * 1048576 AND r.id < (q.id + 1) * 1048576
                                        AND instr(lower(r.address), ?4) > 0))
              AND (?5 = '' OR instr(q.words, ?5) > 0)
              AND (?6 = '' OR instr(lower(q.kind || char(10) || q.rule || char(10) || q.reason || char(10) || q.scanner), ?6) > 0)
              AND (?7 = '' OR lower(q.account) = ?7)
              AND q.taken_at < ?8 AND q.taken_at >= ?9
              AND (?10 = '' OR q.score >= CAST(?10 AS INTEGER))
            """;
    private static final String LIST = QuarantineRows.COLUMNS + CONDITIONS + "ORDER BY q.id DESC LIMIT ?11";
    private static final String COUNT =
            "SELECT count(*), total(q.kept), total(q.size) FROM quarantine_item q " + CONDITIONS;

    private QuarantineSearch() {}

    static List<QuarantinedMail> page(Statements tables, QuarantineFilter filter, long beforeId, int limit)
            throws SQLException {
        Object[] conditions = conditions(filter, beforeId);
        Object[] all = java.util.Arrays.copyOf(conditions, conditions.length + 1);
        all[conditions.length] = limit;
        return tables.list(LIST, row -> QuarantineRows.mail(tables, row), all);
    }

    static Amount count(Statements tables, QuarantineFilter filter) throws SQLException {
        return tables.first(
                        COUNT,
                        row -> new Amount(row.getLong(1), row.getLong(2), row.getLong(3)),
                        conditions(filter, Long.MAX_VALUE))
                .orElse(new Amount(0, 0, 0));
    }

    private static Object[] conditions(QuarantineFilter filter, long beforeId) {
        return new Object[] {
            beforeId,
            filter.decided() ? 1 : 0,
            lower(filter.sender()),
            lower(filter.recipient()),
            lower(filter.subject()),
            lower(filter.reason()),
            lower(filter.account()),
            filter.before().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
            filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
            filter.leastScore().isPresent()
                    ? Long.toString((long) Math.ceil(filter.leastScore().getAsDouble() * 1_000))
                    : ""
        };
    }

    private static String lower(Optional<String> text) {
        return text.orElse("").toLowerCase(Locale.ROOT);
    }
}
