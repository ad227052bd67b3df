// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.amrelay.authentication.report.Disposition;
import org.amrelay.authentication.report.Observation;
import org.amrelay.authentication.report.ReceivedReport;
import org.amrelay.authentication.report.ReceivedReport.Row;
import org.amrelay.authentication.report.ReportStore.Counted;
import org.amrelay.authentication.report.ReportStore.CountedRow;
import org.amrelay.authentication.report.ReportStore.DueReport;
import org.amrelay.authentication.report.SourceSummary;
import org.amrelay.authentication.report.failure.ReceivedFailure;
import org.amrelay.storage.StorageContract;
import org.junit.jupiter.api.Test;

public interface ReportContract extends StorageContract {
    private static ReceivedReport report(String organization, String id, Row... rows) {
        return new ReceivedReport(
                organization, id, "relay.example", "reject", NOW.minusSeconds(86_400), NOW, List.of(rows));
    }

    @Test
    default void sumsUpReportsBySource() {
        Row good = new Row("192.0.2.1", "relay.example", "pass", true, true, 5);
        Row half = new Row("192.0.2.1", "relay.example", "pass", false, true, 2);
        Row bad = new Row("198.51.100.9", "relay.example", "reject", false, false, 3);

        assertThat(storage().reports().receive(report("acme", "1", good, half), NOW))
                .isTrue();
        assertThat(storage().reports().receive(report("acme", "1", good), NOW)).isFalse();
        assertThat(storage().reports().receive(report("globex", "1", good, bad), NOW))
                .isTrue();

        assertThat(reopened().reports().sources("", NOW.minusSeconds(1), 10))
                .containsExactly(
                        new SourceSummary("relay.example", "198.51.100.9", 3, 0, 0, 0, 0, 3, 1, NOW),
                        new SourceSummary("relay.example", "192.0.2.1", 12, 12, 10, 12, 0, 0, 2, NOW));
        assertThat(storage().reports().sources("relay.example", NOW, 1)).hasSize(1);
        assertThat(storage().reports().sources("other.example", NOW, 10)).isEmpty();
        assertThat(storage().reports().sources("", NOW.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    default void listsFailuresTheLatestFirst() {
        ReceivedFailure first = failure("relay.example", "192.0.2.1");
        ReceivedFailure second = failure("other.example", "192.0.2.2");
        storage().reports().receive(first, NOW);
        storage().reports().receive(second, NOW.plusSeconds(1));

        assertThat(reopened().reports().failures("", NOW, 10)).containsExactly(second, first);
        assertThat(storage().reports().failures("", NOW, 1)).containsExactly(second);
        assertThat(storage().reports().failures("relay.example", NOW, 10)).containsExactly(first);
        assertThat(storage().reports().failures("", NOW.plusSeconds(1), 10)).containsExactly(second);
        storage().reports().forgetBefore(NOW.plusSeconds(1));
        assertThat(storage().reports().failures("", NOW, 10)).containsExactly(second);
    }

    private static ReceivedFailure failure(String domain, String source) {
        return new ReceivedFailure(
                "acme", domain, source, "dmarc", "dkim, spf", "<x@y.example>", "reject", "", 3, NOW.minusSeconds(60));
    }

    @Test
    default void forgetsOldReports() {
        Row row = new Row("192.0.2.1", "relay.example", "pass", true, true, 5);
        storage().reports().receive(report("acme", "1", row), NOW);

        assertThat(storage().reports().forgetBefore(NOW)).isZero();
        assertThat(storage().reports().forgetBefore(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(storage().reports().sources("", NOW.minusSeconds(1), 10)).isEmpty();
        assertThat(storage().reports().receive(report("acme", "1", row), NOW)).isTrue();
    }

    @Test
    default void countsWhatWillBeReported() {
        Observation seen = new Observation("a.example", "mailto:x@a.example", "<p/>", "reject", "<r/>");
        storage().reports().count(Map.of(new Counted(7, seen, Disposition.REJECT), 2L));
        storage().reports().count(Map.of(new Counted(7, seen, Disposition.REJECT), 3L));
        storage().reports().count(Map.of(new Counted(8, seen, Disposition.REJECT), 1L));

        DueReport due = new DueReport(7, "a.example", "mailto:x@a.example", "<p/>");
        assertThat(reopened().reports().due(8, 10)).containsExactly(due);
        assertThat(storage().reports().rows(due, 10)).containsExactly(new CountedRow("<r/>", 5));
        storage().reports().done(due);
        assertThat(storage().reports().due(8, 10)).isEmpty();
        assertThat(storage().reports().due(9, 10)).hasSize(1);
    }
}
