// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.report.ReceivedReport;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.SourceSummary;
import org.amrelay.authentication.report.failure.ReceivedFailure;

/** Reports of others and the material of our own. */
final class SqliteReports implements ReportStore {
    private static final String ADD =
            "INSERT INTO dmarc_report (organization, report_id, domain, policy, begin_at, end_at, received_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String ID =
            "SELECT id FROM dmarc_report WHERE organization = ? AND report_id = ? AND domain = ?";
    private static final String ADD_SOURCE =
            "INSERT INTO dmarc_source (report_id, number, source, author, disposition, dkim, spf, messages)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SOURCES = "SELECT r.domain, s.source, sum(s.messages),"
            + " sum(CASE WHEN s.dkim OR s.spf THEN s.messages ELSE 0 END), sum(s.dkim * s.messages),"
            + " sum(s.spf * s.messages), sum((s.disposition = 'quarantine') * s.messages),"
            + " sum((s.disposition = 'reject') * s.messages), count(DISTINCT r.organization), max(r.end_at)"
            + " FROM dmarc_report r JOIN dmarc_source s ON s.report_id = r.id"
            + " WHERE r.end_at >= ?1 AND (?2 = '' OR r.domain = ?2) GROUP BY r.domain, s.source"
            + " ORDER BY sum(s.messages) - sum(CASE WHEN s.dkim OR s.spf THEN s.messages ELSE 0 END) DESC,"
            + " sum(s.messages) DESC, r.domain, s.source LIMIT ?3";
    private static final String FORGET_SOURCES =
            "DELETE FROM dmarc_source WHERE report_id IN (SELECT id FROM dmarc_report WHERE end_at < ?)";
    private static final String FORGET = "DELETE FROM dmarc_report WHERE end_at < ?";
    private static final String COUNT =
            "INSERT INTO dmarc_count (day, domain, policy, record, destinations, messages) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO UPDATE SET messages = messages + excluded.messages,"
                    + " destinations = excluded.destinations";
    private static final String DUE = "SELECT day, domain, max(destinations), policy FROM dmarc_count WHERE day < ?"
            + " GROUP BY day, domain, policy ORDER BY day, domain LIMIT ?";
    private static final String ROWS =
            "SELECT record, messages FROM dmarc_count WHERE day = ? AND domain = ? AND policy = ? LIMIT ?";
    private static final String DONE = "DELETE FROM dmarc_count WHERE day = ? AND domain = ? AND policy = ?";

    private static final int MOST_FAILURES = 20_000;
    private static final String ADD_FAILURE =
            "INSERT INTO dmarc_failure (arrival, reporter, domain, source, failure, unaligned, sender, result, signature,"
                    + " incidents, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DROP_FAILURES =
            "DELETE FROM dmarc_failure WHERE id <= (SELECT max(id) FROM dmarc_failure) - ?";
    private static final String FAILURES =
            "SELECT reporter, domain, source, failure, unaligned, sender, result, signature, incidents, arrival"
                    + " FROM dmarc_failure WHERE received_at >= ?1 AND (?2 = '' OR domain = ?2) ORDER BY id DESC LIMIT ?3";
    private static final String FORGET_FAILURES = "DELETE FROM dmarc_failure WHERE received_at < ?";

    private final Readers readers;
    private final Changes changes;

    SqliteReports(Readers readers, Changes changes) {
        this.readers = readers;
        this.changes = changes;
    }

    @Override
    public boolean receive(ReceivedReport report, Instant at) {
        return changes.write(
                tables -> {
                    boolean isNew = tables.update(
                                    ADD,
                                    report.organization(),
                                    report.reportId(),
                                    report.domain(),
                                    report.policy(),
                                    report.begin().toEpochMilli(),
                                    report.end().toEpochMilli(),
                                    at.toEpochMilli())
                            == 1;
                    if (isNew) {
                        addSources(tables, report);
                    }
                    return isNew;
                },
                () -> {});
    }

    private static void addSources(Statements tables, ReceivedReport report) throws SQLException {
        long id = tables.number(ID, report.organization(), report.reportId(), report.domain());
        int number = 0;
        for (ReceivedReport.Row row : report.rows()) {
            tables.update(
                    ADD_SOURCE,
                    id,
                    number++,
                    row.source(),
                    row.author(),
                    row.disposition(),
                    row.dkim() ? 1 : 0,
                    row.spf() ? 1 : 0,
                    row.messages());
        }
    }

    @Override
    public List<SourceSummary> sources(String domain, Instant since, int limit) {
        return readers.read(tables -> tables.list(
                SOURCES,
                row -> new SourceSummary(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        Instant.ofEpochMilli(row.getLong(10))),
                since.toEpochMilli(),
                domain,
                limit));
    }

    @Override
    public void receive(ReceivedFailure failure, Instant at) {
        changes.write(
                tables -> {
                    tables.update(
                            ADD_FAILURE,
                            failure.arrival().toEpochMilli(),
                            failure.reporter(),
                            failure.domain(),
                            failure.source(),
                            failure.failure(),
                            failure.unaligned(),
                            failure.sender(),
                            failure.result(),
                            failure.signature(),
                            failure.incidents(),
                            at.toEpochMilli());
                    return tables.update(DROP_FAILURES, MOST_FAILURES) >= 0;
                },
                () -> {});
    }

    @Override
    public List<ReceivedFailure> failures(String domain, Instant since, int limit) {
        return readers.read(tables -> tables.list(
                FAILURES,
                row -> new ReceivedFailure(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getLong(9),
                        Instant.ofEpochMilli(row.getLong(10))),
                since.toEpochMilli(),
                domain,
                limit));
    }

    @Override
    public long forgetBefore(Instant end) {
        return changes.forget(end, FORGET_FAILURES, FORGET_SOURCES, FORGET);
    }

    @Override
    public void count(Map<Counted, Long> messages) {
        changes.write(
                tables -> {
                    for (Map.Entry<Counted, Long> each : messages.entrySet()) {
                        Counted key = each.getKey();
                        tables.update(
                                COUNT,
                                key.day(),
                                key.observation().domain(),
                                key.observation().policy(),
                                key.record(),
                                key.observation().destinations(),
                                each.getValue());
                    }
                    return true;
                },
                () -> {});
    }

    @Override
    public List<DueReport> due(long beforeDay, int limit) {
        return readers.read(tables -> tables.list(
                DUE,
                row -> new DueReport(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                beforeDay,
                limit));
    }

    @Override
    public List<CountedRow> rows(DueReport due, int limit) {
        return readers.read(tables -> tables.list(
                ROWS,
                row -> new CountedRow(row.getString(1), row.getLong(2)),
                due.day(),
                due.domain(),
                due.policy(),
                limit));
    }

    @Override
    public void done(DueReport due) {
        changes.write(tables -> tables.update(DONE, due.day(), due.domain(), due.policy()) >= 0, () -> {});
    }
}
