// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.amrelay.delivery.tlsreport.TlsReport.Failures;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;

/**
 * Cuts a stranger's report down to what is worth keeping: the hundred largest policies, the thousand most frequent
 * failures, texts of a length that means something. Sums stay as they were. Pure.
 */
public final class ReportBounds {
    private static final int MOST_POLICIES = 100;
    private static final int MOST_FAILURES = 1_000;
    private static final int MOST_LINES = 40;
    private static final int LONGEST = 255;

    private ReportBounds() {}

    /** The same report, smaller. */
    public static TlsReport of(TlsReport report) {
        int left = MOST_FAILURES;
        List<PolicyReport> policies = new ArrayList<>();
        for (PolicyReport each : report.policies().stream()
                .sorted(Comparator.comparingLong(PolicyReport::failed)
                        .thenComparingLong(PolicyReport::successful)
                        .reversed())
                .limit(MOST_POLICIES)
                .toList()) {
            List<Failures> failures = each.failures().stream()
                    .sorted(Comparator.comparingLong(Failures::sessions).reversed())
                    .limit(left)
                    .map(ReportBounds::failures)
                    .toList();
            left -= failures.size();
            policies.add(new PolicyReport(policy(each.policy()), each.successful(), each.failed(), failures));
        }
        return new TlsReport(
                cut(report.organization()),
                report.from(),
                report.to(),
                cut(report.contact()),
                cut(report.id()),
                policies);
    }

    private static Failures failures(Failures all) {
        FailureDetail detail = all.detail();
        return new Failures(
                new FailureDetail(
                        cut(detail.result()),
                        cut(detail.sendingIp()),
                        cut(detail.receivingHost()),
                        cut(detail.receivingIp())),
                all.sessions());
    }

    private static ReportedPolicy policy(ReportedPolicy policy) {
        return new ReportedPolicy(
                policy.kind(),
                lines(policy.text()),
                cut(policy.domain()).toLowerCase(Locale.ROOT),
                lines(policy.mxHosts()));
    }

    private static List<String> lines(List<String> all) {
        return all.stream()
                .limit(MOST_LINES)
                .map(line -> cut(line).replace('\n', ' '))
                .toList();
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
