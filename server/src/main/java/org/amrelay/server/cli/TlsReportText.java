// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import org.amrelay.server.admin.TlsAnswers;

/** TLS reports for people. */
final class TlsReportText {
    private TlsReportText() {}

    /** What came in, and below it what is still to go out. */
    static void print(PrintWriter out, TlsAnswers.Overview overview) {
        if (overview.received().isEmpty()) {
            out.println("no reports yet: let rua= of your TLS-RPT record name the address of tls.receive-reports");
        }
        overview.received().forEach(report -> print(out, report));
        if (!overview.waiting().isEmpty()) {
            out.println("to be reported to others:");
        }
        for (TlsAnswers.Waiting each : overview.waiting()) {
            out.printf(
                    "  %s, %s: %d sessions well, %d failed%n",
                    each.day(), Output.safe(each.domain()), each.successful(), each.failed());
        }
    }

    /** One report. */
    static void print(PrintWriter out, TlsAnswers.Report report) {
        out.printf("%s, %s to %s%n", Output.safe(report.organization()), report.from(), report.to());
        for (TlsAnswers.Policy policy : report.policies()) {
            out.printf(
                    "  %s, %s: %d sessions well, %d failed%n",
                    Output.safe(policy.domain()), policy.type(), policy.successful(), policy.failed());
            policy.failures()
                    .forEach(failure -> out.printf(
                            "    %d x %s at %s, from %s%n",
                            failure.sessions(),
                            Output.safe(failure.result()),
                            Output.safe(failure.host()),
                            Output.safe(failure.sender())));
        }
    }
}
