// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.time.Instant;

/**
 * What all reports together say of one source that sends in a domain's name.
 *
 * <p>Immutable.
 *
 * @param source an IP address
 * @param messages all of them
 * @param passed by DKIM or SPF, aligned
 * @param dkim of these by DKIM
 * @param spf of these by SPF
 * @param quarantined by the receivers
 * @param rejected by the receivers
 * @param reporters how many organizations saw it
 * @param lastSeen the end of the last report that has it
 */
public record SourceSummary(
        String domain,
        String source,
        long messages,
        long passed,
        long dkim,
        long spf,
        long quarantined,
        long rejected,
        long reporters,
        Instant lastSeen) {}
