// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.report.failure.ReceivedFailure;

/** Remembers what it was told to count. */
final class RecordingStore implements ReportStore {
    final List<Map<Counted, Long>> counted = new ArrayList<>();
    boolean fails;

    @Override
    public boolean receive(ReceivedReport report, Instant at) {
        return true;
    }

    @Override
    public List<SourceSummary> sources(String domain, Instant since, int limit) {
        return List.of();
    }

    @Override
    public void receive(ReceivedFailure failure, Instant at) {}

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
        if (fails) {
            throw new IllegalStateException("a full disk");
        }
        counted.add(messages);
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
    public void done(DueReport due) {}
}
