// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.delivery.tlsreport.FailureDetail;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.delivery.tlsreport.TlsReport;
import org.amrelay.delivery.tlsreport.TlsReport.Failures;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;
import org.amrelay.delivery.tlsreport.TlsReportStore;

/** TLS reports of others. */
final class SqliteTlsReports implements TlsReportStore {
    /** Nobody has so many large correspondents; who sends more wants to fill the disk. */
    private static final long MOST_A_DAY = 5_000;

    private static final String TODAY = "SELECT count(*) FROM tls_report WHERE received_at > ?";
    private static final String ADD =
            "INSERT INTO tls_report (organization, report_id, contact, begin_at, end_at, received_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String ID = "SELECT id FROM tls_report WHERE organization = ? AND report_id = ?";
    private static final String ADD_POLICY = "INSERT INTO tls_report_policy"
            + " (report_id, number, domain, kind, policy, mx_hosts, successful, failed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ADD_FAILURE = "INSERT INTO tls_report_failure (report_id, policy, number, result,"
            + " sending_ip, receiving_host, receiving_ip, sessions) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REPORTS =
            "SELECT id, organization, report_id, contact, begin_at, end_at FROM tls_report r"
                    + " WHERE end_at >= ?1 AND (?2 = '' OR EXISTS (SELECT 1 FROM tls_report_policy p WHERE p.report_id = r.id"
                    + " AND p.domain = ?2)) ORDER BY end_at DESC, id DESC LIMIT ?3";
    private static final String POLICIES = "SELECT number, domain, kind, policy, mx_hosts, successful, failed"
            + " FROM tls_report_policy WHERE report_id = ? ORDER BY number";
    private static final String FAILURES = "SELECT result, sending_ip, receiving_host, receiving_ip, sessions"
            + " FROM tls_report_failure WHERE report_id = ? AND policy = ? ORDER BY number";
    private static final String OLD = "(SELECT id FROM tls_report WHERE end_at < ?1 OR received_at < ?1)";
    private static final String FORGET_FAILURES = "DELETE FROM tls_report_failure WHERE report_id IN " + OLD;
    private static final String FORGET_POLICIES = "DELETE FROM tls_report_policy WHERE report_id IN " + OLD;
    private static final String FORGET = "DELETE FROM tls_report WHERE end_at < ?1 OR received_at < ?1";

    private record Head(long id, TlsReport report) {}

    private final Readers readers;
    private final Changes changes;

    SqliteTlsReports(Readers readers, Changes changes) {
        this.readers = readers;
        this.changes = changes;
    }

    @Override
    public Kept receive(TlsReport report, Instant at) {
        Kept[] kept = {Kept.KNOWN};
        changes.write(
                tables -> {
                    kept[0] = add(tables, report, at);
                    return true;
                },
                () -> {});
        return kept[0];
    }

    private static Kept add(Statements tables, TlsReport report, Instant at) throws SQLException {
        if (tables.number(TODAY, at.minus(Duration.ofDays(1)).toEpochMilli()) >= MOST_A_DAY) {
            return Kept.TOO_MANY;
        }
        boolean isNew = tables.update(
                        ADD,
                        report.organization(),
                        report.id(),
                        report.contact(),
                        report.from().toEpochMilli(),
                        report.to().toEpochMilli(),
                        at.toEpochMilli())
                == 1;
        if (!isNew) {
            return Kept.KNOWN;
        }
        long id = tables.number(ID, report.organization(), report.id());
        for (int i = 0; i < report.policies().size(); i++) {
            add(tables, id, i, report.policies().get(i));
        }
        return Kept.NEW;
    }

    private static void add(Statements tables, long id, int number, PolicyReport report) throws SQLException {
        tables.update(
                ADD_POLICY,
                id,
                number,
                report.policy().domain(),
                report.policy().kind().name(),
                String.join("\n", report.policy().text()),
                String.join("\n", report.policy().mxHosts()),
                report.successful(),
                report.failed());
        int at = 0;
        for (Failures each : report.failures()) {
            tables.update(
                    ADD_FAILURE,
                    id,
                    number,
                    at++,
                    each.detail().result(),
                    each.detail().sendingIp(),
                    each.detail().receivingHost(),
                    each.detail().receivingIp(),
                    each.sessions());
        }
    }

    @Override
    public List<TlsReport> received(String domain, Instant since, int limit) {
        return readers.read(tables -> {
            List<TlsReport> reports = new ArrayList<>();
            for (Head head : tables.list(REPORTS, SqliteTlsReports::head, since.toEpochMilli(), domain, limit)) {
                TlsReport bare = head.report();
                reports.add(new TlsReport(
                        bare.organization(),
                        bare.from(),
                        bare.to(),
                        bare.contact(),
                        bare.id(),
                        policies(tables, head.id())));
            }
            return reports;
        });
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                new TlsReport(
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(5)),
                        Instant.ofEpochMilli(row.getLong(6)),
                        row.getString(4),
                        row.getString(3),
                        List.of()));
    }

    private static List<PolicyReport> policies(Statements tables, long id) throws SQLException {
        List<PolicyReport> all = new ArrayList<>();
        for (PolicyReport bare : tables.list(POLICIES, SqliteTlsReports::policy, id)) {
            all.add(new PolicyReport(
                    bare.policy(),
                    bare.successful(),
                    bare.failed(),
                    tables.list(FAILURES, SqliteTlsReports::failures, id, all.size())));
        }
        return all;
    }

    private static PolicyReport policy(ResultSet row) throws SQLException {
        return new PolicyReport(
                new ReportedPolicy(
                        ReportedPolicy.Kind.valueOf(row.getString(3)),
                        lines(row.getString(4)),
                        row.getString(2),
                        lines(row.getString(5))),
                row.getLong(6),
                row.getLong(7),
                List.of());
    }

    private static Failures failures(ResultSet row) throws SQLException {
        return new Failures(
                new FailureDetail(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                row.getLong(5));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    @Override
    public long forgetBefore(Instant end) {
        return changes.forget(end, FORGET_FAILURES, FORGET_POLICIES, FORGET);
    }
}
