// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.report.failure.ReceivedFailure;

/**
 * The port to where reports are kept, those of others and the material of our own.
 *
 * <p>Calls block until a change is durable. Safe for several threads.
 */
public interface ReportStore {
    /** Keeps a report. @return false when it is there already */
    boolean receive(ReceivedReport report, Instant at);

    /**
     * Sources by number of messages that did not pass, then of all.
     *
     * @param domain empty for all
     * @param since reports that ended earlier do not count
     */
    List<SourceSummary> sources(String domain, Instant since, int limit);

    /** Keeps a failure report; of too many the oldest are forgotten. */
    void receive(ReceivedFailure failure, Instant at);

    /**
     * Failures that were reported, the latest first.
     *
     * @param domain empty for all
     */
    List<ReceivedFailure> failures(String domain, Instant since, int limit);

    /** Forgets reports that ended earlier, and failures of earlier messages. @return how many of the former */
    long forgetBefore(Instant end);

    /** Adds messages to what will be reported. */
    void count(Map<Counted, Long> messages);

    /** Domains and policies with something to report of days before that one, oldest first. */
    List<DueReport> due(long beforeDay, int limit);

    /** The rows of one of them. */
    List<CountedRow> rows(DueReport due, int limit);

    /** Forgets the rows of one that has been sent, or cannot be. */
    void done(DueReport due);

    /**
     * What messages are counted by.
     *
     * @param day since 1970, UTC
     * @param disposition what was done
     */
    record Counted(long day, Observation observation, Disposition disposition) {
        /** The row of the report. */
        public String record() {
            return observation.recordWith(disposition);
        }
    }

    /**
     * A report that could be made.
     *
     * @param destinations {@code rua=} as it was seen last
     * @param policy as XML
     */
    record DueReport(long day, String domain, String destinations, String policy) {}

    /** A row of a report. @param record as XML with an empty element for the count */
    record CountedRow(String record, long messages) {}
}
