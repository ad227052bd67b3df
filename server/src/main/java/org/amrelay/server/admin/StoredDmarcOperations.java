// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.failure.ReceivedFailure;

/** Answers from the storage. */
record StoredDmarcOperations(ReportStore reports, Clock clock) implements DmarcOperations {
    private static final int MOST = 10_000;

    @Override
    public List<Answers.DmarcSource> sources(String domain, int days, int limit) {
        return LedgerViews.sources(reports.sources(name(domain), since(days), within(limit)));
    }

    @Override
    public List<Answers.DmarcFailure> failures(String domain, int days, int limit) {
        return reports.failures(name(domain), since(days), within(limit)).stream()
                .map(StoredDmarcOperations::view)
                .toList();
    }

    private static Answers.DmarcFailure view(ReceivedFailure of) {
        return new Answers.DmarcFailure(
                of.domain(),
                of.source(),
                of.failure(),
                of.unaligned(),
                of.signature(),
                of.sender(),
                of.result(),
                of.incidents(),
                of.arrival().toString(),
                of.reporter());
    }

    private Instant since(int days) {
        return clock.instant().minus(Duration.ofDays(Math.min(Math.max(days, 1), 10_000)));
    }

    private static String name(String domain) {
        return domain.strip().toLowerCase(Locale.ROOT);
    }

    private static int within(int limit) {
        return Math.min(Math.max(limit, 1), MOST);
    }
}
