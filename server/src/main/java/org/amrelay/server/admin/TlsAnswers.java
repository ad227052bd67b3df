// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import org.amrelay.delivery.tlsreport.TlsReport;
import org.amrelay.delivery.tlsreport.WaitingCounts;

/** What is said of TLS reports, as JSON and to people. */
public interface TlsAnswers {
    /**
     * Reports of others and of us.
     *
     * @param received the newest first
     * @param waiting what we have counted and not reported yet
     */
    record Overview(List<Report> received, List<Waiting> waiting) {}

    /** Sessions with a domain's exchangers on one day that wait to be reported to it. */
    record Waiting(String day, String domain, long successful, long failed) {
        static Waiting of(WaitingCounts counts) {
            return new Waiting(counts.day().toString(), counts.domain(), counts.successful(), counts.failed());
        }
    }

    /** A report of somebody else's. */
    record Report(String organization, String contact, String id, String from, String to, List<Policy> policies) {
        /** The same as it was read. */
        public static Report of(TlsReport report) {
            return new Report(
                    report.organization(),
                    report.contact(),
                    report.id(),
                    report.from().toString(),
                    report.to().toString(),
                    report.policies().stream().map(Policy::of).toList());
        }
    }

    /** The sessions under one policy. */
    record Policy(String domain, String type, List<String> text, long successful, long failed, List<Failure> failures) {
        static Policy of(TlsReport.PolicyReport report) {
            return new Policy(
                    report.policy().domain(),
                    report.policy().kind().word(),
                    report.policy().text(),
                    report.successful(),
                    report.failed(),
                    report.failures().stream().map(Failure::of).toList());
        }
    }

    /** Sessions that failed in the same way. */
    record Failure(String result, String host, String receiver, String sender, long sessions) {
        static Failure of(TlsReport.Failures failures) {
            return new Failure(
                    failures.detail().result(),
                    failures.detail().receivingHost(),
                    failures.detail().receivingIp(),
                    failures.detail().sendingIp(),
                    failures.sessions());
        }
    }
}
