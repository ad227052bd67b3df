// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.amrelay.storage.RelayStorage;

/** What others report of TLS to our domains, and what we have to report, out of the storage. */
record StoredTlsReports(RelayStorage storage, Clock clock) {
    private static final int MOST = 1_000;
    private static final int MOST_DAYS = 10_000;

    TlsAnswers.Overview overview(String domain, int days, int limit) {
        String wanted = name(domain);
        return new TlsAnswers.Overview(
                storage.tlsReports().received(wanted, since(days), few(limit)).stream()
                        .map(TlsAnswers.Report::of)
                        .toList(),
                storage.tlsCounts().waiting(few(limit)).stream()
                        .filter(each -> wanted.isEmpty() || each.domain().equals(wanted))
                        .map(TlsAnswers.Waiting::of)
                        .toList());
    }

    private static String name(String domain) {
        return domain.strip().toLowerCase(Locale.ROOT);
    }

    private Instant since(int days) {
        return clock.instant().minus(Duration.ofDays(Math.min(Math.max(days, 1), MOST_DAYS)));
    }

    private static int few(int limit) {
        return Math.min(Math.max(limit, 1), MOST);
    }
}
