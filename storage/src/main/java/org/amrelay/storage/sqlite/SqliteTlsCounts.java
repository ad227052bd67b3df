// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.tlsreport.FailureDetail;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.delivery.tlsreport.TlsCount;
import org.amrelay.delivery.tlsreport.TlsCountStore;
import org.amrelay.delivery.tlsreport.WaitingCounts;

/** Counts of sessions, one row for each way that they went. */
final class SqliteTlsCounts implements TlsCountStore {
    private static final String ADD = "INSERT INTO tls_count (day, domain, kind, policy, mx_hosts, result, sending_ip,"
            + " receiving_host, receiving_ip, sessions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET sessions = sessions + excluded.sessions";
    private static final String DAYS = "SELECT DISTINCT day FROM tls_count ORDER BY day";
    private static final String DOMAINS =
            "SELECT DISTINCT domain FROM tls_count WHERE day = ? AND domain > ? ORDER BY domain LIMIT ?";
    private static final String COUNTS = "SELECT kind, policy, mx_hosts, result, sending_ip, receiving_host,"
            + " receiving_ip, sessions FROM tls_count WHERE day = ? AND domain = ? LIMIT 10000";
    private static final String WAITING = "SELECT day, domain, sum(CASE WHEN result = '' THEN sessions ELSE 0 END),"
            + " sum(CASE WHEN result = '' THEN 0 ELSE sessions END) FROM tls_count GROUP BY day, domain"
            + " ORDER BY day, domain LIMIT ?";
    private static final String FORGET = "DELETE FROM tls_count WHERE day = ? AND domain = ?";

    private final Readers readers;
    private final Writer writer;

    SqliteTlsCounts(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public CompletionStage<Void> add(List<TlsCount> counts) {
        List<TlsCount> all = List.copyOf(counts);
        return writer.submit(
                        0,
                        tables -> {
                            for (TlsCount count : all) {
                                add(tables, count);
                            }
                            return all.size();
                        },
                        added -> {})
                .thenRun(() -> {});
    }

    private static void add(Statements tables, TlsCount count) throws SQLException {
        FailureDetail failure = count.failure().orElseGet(() -> new FailureDetail("", "", "", ""));
        tables.update(
                ADD,
                count.day().toString(),
                count.policy().domain(),
                count.policy().kind().name(),
                String.join("\n", count.policy().text()),
                String.join("\n", count.policy().mxHosts()),
                failure.result(),
                failure.sendingIp(),
                failure.receivingHost(),
                failure.receivingIp(),
                count.sessions());
    }

    @Override
    public List<LocalDate> days() {
        return readers.read(tables -> tables.list(DAYS, row -> LocalDate.parse(row.getString(1))));
    }

    @Override
    public List<String> domains(LocalDate day, String after, int limit) {
        return readers.read(tables -> tables.list(DOMAINS, row -> row.getString(1), day.toString(), after, limit));
    }

    @Override
    public List<TlsCount> counts(LocalDate day, String domain) {
        return readers.read(tables -> tables.list(COUNTS, row -> read(row, day, domain), day.toString(), domain));
    }

    private static TlsCount read(ResultSet row, LocalDate day, String domain) throws SQLException {
        ReportedPolicy policy = new ReportedPolicy(
                ReportedPolicy.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                lines(row.getString(2)),
                domain,
                lines(row.getString(3)));
        Optional<FailureDetail> failure = row.getString(4).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FailureDetail(row.getString(4), row.getString(5), row.getString(6), row.getString(7)));
        return new TlsCount(day, policy, failure, row.getLong(8));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    @Override
    public List<WaitingCounts> waiting(int limit) {
        return readers.read(tables -> tables.list(
                WAITING,
                row -> new WaitingCounts(
                        LocalDate.parse(row.getString(1)), row.getString(2), row.getLong(3), row.getLong(4)),
                limit));
    }

    @Override
    public CompletionStage<Void> forget(LocalDate day, String domain) {
        return writer.submit(0, tables -> tables.update(FORGET, day.toString(), domain), rows -> {})
                .thenRun(() -> {});
    }
}
