// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.List;
import org.amrelay.delivery.tlsreport.TlsReport;

/** A TLS report as {@code --json} shows it. */
record ReportView(String organization, String contact, String id, String from, String to, List<Policy> policies) {
    record Policy(
            String domain, String type, List<String> text, long successful, long failed, List<Failure> failures) {}

    record Failure(String result, String host, String receiver, String sender, long sessions) {}

    static ReportView of(TlsReport report) {
        return new ReportView(
                report.organization(),
                report.contact(),
                report.id(),
                report.from().toString(),
                report.to().toString(),
                report.policies().stream().map(ReportView::policy).toList());
    }

    private static Policy policy(TlsReport.PolicyReport report) {
        return new Policy(
                report.policy().domain(),
                report.policy().kind().word(),
                report.policy().text(),
                report.successful(),
                report.failed(),
                report.failures().stream()
                        .map(failures -> new Failure(
                                failures.detail().result(),
                                failures.detail().receivingHost(),
                                failures.detail().receivingIp(),
                                failures.detail().sendingIp(),
                                failures.sessions()))
                        .toList());
    }
}
