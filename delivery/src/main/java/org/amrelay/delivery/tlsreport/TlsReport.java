// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.Instant;
import java.util.List;

/**
 * An aggregate report, ours or one that was received (RFC 8460 §4).
 *
 * @param organization who reports
 * @param from beginning of the time it is about
 * @param to its end
 * @param contact of who reports
 * @param id given by who reports
 */
public record TlsReport(
        String organization, Instant from, Instant to, String contact, String id, List<PolicyReport> policies) {
    public TlsReport {
        policies = List.copyOf(policies);
    }

    /**
     * The sessions under one policy.
     *
     * @param successful sessions
     * @param failed sessions
     */
    public record PolicyReport(ReportedPolicy policy, long successful, long failed, List<Failures> failures) {
        public PolicyReport {
            failures = List.copyOf(failures);
        }
    }

    /** So many sessions failed in the same way. */
    public record Failures(FailureDetail detail, long sessions) {}

    /** One report about a day's counts. */
    static TlsReport of(
            String organization, Instant from, Instant to, String contact, String id, List<TlsCount> counts) {
        List<PolicyReport> policies = counts.stream()
                .map(TlsCount::policy)
                .distinct()
                .map(policy -> about(
                        policy,
                        counts.stream()
                                .filter(count -> count.policy().equals(policy))
                                .toList()))
                .toList();
        return new TlsReport(organization, from, to, contact, id, policies);
    }

    private static PolicyReport about(ReportedPolicy policy, List<TlsCount> counts) {
        long successful = counts.stream()
                .filter(count -> count.failure().isEmpty())
                .mapToLong(TlsCount::sessions)
                .sum();
        List<Failures> failures = counts.stream()
                .flatMap(count -> count.failure().stream().map(detail -> new Failures(detail, count.sessions())))
                .toList();
        return new PolicyReport(
                policy,
                successful,
                failures.stream().mapToLong(Failures::sessions).sum(),
                failures);
    }
}
