// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A published policy (RFC 9989 §4.7); what a record leaves out or has wrong has its default.
 *
 * <p>Immutable.
 *
 * @param policy {@code p=}
 * @param subdomains {@code sp=}
 * @param missingSubdomains {@code np=}
 * @param strictDkim {@code adkim=s}
 * @param strictSpf {@code aspf=s}
 * @param suffix {@code psd=}
 * @param testing {@code t=y}
 * @param aggregateReports {@code rua=}
 * @param failureReports {@code ruf=}
 * @param failureOptions {@code fo=}
 * @param isApplicable false when the policy cannot be read and nobody asks for reports (RFC 9989 §4.10.1)
 */
public record DmarcRecord(
        Policy policy,
        Optional<Policy> subdomains,
        Optional<Policy> missingSubdomains,
        boolean strictDkim,
        boolean strictSpf,
        Suffix suffix,
        boolean testing,
        List<URI> aggregateReports,
        List<URI> failureReports,
        Set<FailureOption> failureOptions,
        boolean isApplicable) {
    /** Whether the domain is a public suffix (RFC 9989 §4.7, {@code psd=}). */
    public enum Suffix {
        YES,
        /** It is not, and it is the organizational domain of itself and all below it. */
        NO,
        UNKNOWN
    }

    /** When failure reports are wanted (RFC 9989 §4.7, {@code fo=}). */
    public enum FailureOption {
        ALL_FAIL,
        ANY_FAILS,
        DKIM_FAILS,
        SPF_FAILS
    }

    public DmarcRecord {
        aggregateReports = List.copyOf(aggregateReports);
        failureReports = List.copyOf(failureReports);
        failureOptions = Set.copyOf(failureOptions.isEmpty() ? EnumSet.of(FailureOption.ALL_FAIL) : failureOptions);
    }
}
