// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.report.ReceivedReport;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.SourceSummary;
import org.amrelay.authentication.report.failure.ReceivedFailure;

/** Takes every report for new and keeps none. */
final class NothingReported implements ReportStore {
    @Override
    public boolean receive(ReceivedReport report, Instant at) {
        return true;
    }

    @Override
    public List<SourceSummary> sources(String domain, Instant since, int limit) {
        return List.of();
    }

    @Override
    public void receive(ReceivedFailure failure, Instant at) {
        // an explanation keeps nothing
    }

    @Override
    public List<ReceivedFailure> failures(String domain, Instant since, int limit) {
        return List.of();
    }

    @Override
    public long forgetBefore(Instant end) {
        return 0;
    }

    @Override
    public void count(Map<Counted, Long> messages) {
        // an explanation is no mail to report on
    }

    @Override
    public List<DueReport> due(long beforeDay, int limit) {
        return List.of();
    }

    @Override
    public List<CountedRow> rows(DueReport due, int limit) {
        return List.of();
    }

    @Override
    public void done(DueReport due) {
        // there was none
    }
}
