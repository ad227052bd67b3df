// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.time.Instant;
import java.util.List;

/**
 * An aggregate report that somebody sent about a domain of ours (RFC 9990 §2.1); texts as written, at most 1,000 characters.
 *
 * <p>Immutable.
 *
 * @param organization who reports
 * @param reportId unique together with the organization and the domain
 * @param domain the policy domain
 * @param policy {@code p=} as the reporter saw it
 */
public record ReceivedReport(
        String organization,
        String reportId,
        String domain,
        String policy,
        Instant begin,
        Instant end,
        List<Row> rows) {
    public ReceivedReport {
        rows = List.copyOf(rows);
    }

    /**
     * Messages of one kind from one source.
     *
     * @param source an IP address
     * @param author the domain in From
     * @param disposition none, pass, quarantine or reject
     * @param dkim whether DKIM passed, aligned
     * @param spf whether SPF passed, aligned
     */
    public record Row(String source, String author, String disposition, boolean dkim, boolean spf, long messages) {}
}
