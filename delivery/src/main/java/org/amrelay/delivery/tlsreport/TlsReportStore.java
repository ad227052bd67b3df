// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.Instant;
import java.util.List;

/**
 * The port to where reports of others are kept.
 *
 * <p>Calls block until a change is durable. Safe for several threads.
 */
public interface TlsReportStore {
    /** What became of a report that came in. */
    enum Kept {
        NEW,
        /** The same organization sent one with the same identifier before. */
        KNOWN,
        /** So many came within a day that this one is not kept. */
        TOO_MANY
    }

    /** Keeps a report. @param report as {@link ReportBounds} leaves it */
    Kept receive(TlsReport report, Instant at);

    /**
     * Reports, the newest end first.
     *
     * @param domain of a policy in them; empty for all
     * @param since reports that ended earlier are left out
     */
    List<TlsReport> received(String domain, Instant since, int limit);

    /** Forgets reports that came in earlier, or that ended earlier. @return how many */
    long forgetBefore(Instant end);

    /** Keeps nothing, and takes every report for new. */
    static TlsReportStore none() {
        return new TlsReportStore() {
            @Override
            public Kept receive(TlsReport report, Instant at) {
                return Kept.NEW;
            }

            @Override
            public List<TlsReport> received(String domain, Instant since, int limit) {
                return List.of();
            }

            @Override
            public long forgetBefore(Instant end) {
                return 0;
            }
        };
    }
}
