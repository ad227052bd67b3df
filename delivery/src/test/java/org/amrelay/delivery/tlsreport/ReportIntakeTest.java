// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.amrelay.delivery.tlsreport.TlsReport.Failures;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;
import org.amrelay.delivery.tlsreport.TlsReportStore.Kept;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class ReportIntakeTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

    private final List<TlsReport> stored = new ArrayList<>();
    private Kept answer = Kept.NEW;
    private final ReportIntake intake = new ReportIntake(
            new TlsReportStore() {
                @Override
                public Kept receive(TlsReport report, Instant at) {
                    stored.add(report);
                    return answer;
                }

                @Override
                public List<TlsReport> received(String domain, Instant since, int limit) {
                    return List.of();
                }

                @Override
                public long forgetBefore(Instant end) {
                    return 0;
                }
            },
            InstantSource.fixed(FROM));

    private static TlsReport report(List<PolicyReport> policies) {
        return new TlsReport("Globex", FROM, FROM.plusSeconds(86_399), "tls@globex.example", "id-1", policies);
    }

    private static PolicyReport policy(String domain, long failed, List<Failures> failures) {
        return new PolicyReport(
                new ReportedPolicy(ReportedPolicy.Kind.STS, List.of("version: STSv1"), domain, List.of("mx.a.example")),
                10,
                failed,
                failures);
    }

    private static byte[] mail(TlsReport report) throws IOException {
        return TlsReportMail.of(
                        report,
                        "a.example",
                        "globex.example",
                        EmailAddress.of("tls@globex.example"),
                        EmailAddress.of("tls-reports@a.example"))
                .open()
                .readAllBytes();
    }

    @Test
    void keepsTheReportInAMail() throws IOException {
        TlsReport report = report(List.of(policy("a.example", 1, List.of())));
        assertThat(intake.take(mail(report)))
                .isEqualTo(new ReportIntake.Taken(true, "TLS report id-1 of Globex is kept"));
        assertThat(stored).containsExactly(report);
        answer = Kept.KNOWN;
        assertThat(intake.take(mail(report)).isKept()).isTrue();
        answer = Kept.TOO_MANY;
        assertThat(intake.take(mail(report)).isKept()).isFalse();
    }

    @Test
    void findsReportsThatDoNotSayWhatTheyAre() throws IOException {
        String json = new String(TlsReportWriter.json(report(List.of(policy("a.example", 1, List.of())))), UTF_8);
        String gzip = Base64.getMimeEncoder()
                .encodeToString(TlsReportMail.compressed(report(List.of(policy("a.example", 1, List.of())))));
        for (String part : List.of(
                "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + gzip,
                "Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n"
                        + " filename=\"x!y!1!2.json.gz\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + gzip,
                "Content-Type: application/json\r\n\r\n" + json)) {
            String mail =
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHi\r\n--b\r\n"
                            + part + "\r\n--b--\r\n";
            assertThat(intake.take(mail.getBytes(UTF_8)).isKept()).as(part).isTrue();
        }
        assertThat(stored).hasSize(3);
    }

    @Test
    void leavesOtherMailAlone() throws IOException {
        String broken =
                new String(mail(report(List.of(policy("a.example", 1, List.of())))), US_ASCII).replace("H4sI", "H4sJ");
        for (String text : List.of(
                "",
                "Subject: hello\r\n\r\nHello\r\n",
                "Content-Type: application/json\r\n\r\n[]",
                "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n",
                "Content-Type: multipart/mixed\r\n\r\nno boundary\r\n",
                broken)) {
            assertThat(intake.take(text.getBytes(UTF_8)).isKept()).as(text).isFalse();
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void keepsNoMoreThanWhatMatters() throws IOException {
        List<Failures> failures = IntStream.range(0, 900)
                .mapToObj(i -> new Failures(new FailureDetail("x".repeat(3000), "", "", "h" + i), i))
                .toList();
        List<PolicyReport> policies = new ArrayList<>(Collections.nCopies(150, policy("b.example", 1, List.of())));
        policies.add(policy("A.example", 900, failures));
        policies.add(policy("c.example", 800, failures));
        assertThat(intake.take(mail(report(policies))).isKept()).isTrue();
        TlsReport kept = stored.get(0);
        assertThat(kept.policies()).hasSize(100);
        assertThat(kept.policies().get(0).policy().domain()).isEqualTo("a.example");
        assertThat(kept.policies().get(0).failures()).hasSize(900);
        assertThat(kept.policies().get(0).failures().get(0).sessions()).isEqualTo(899);
        assertThat(kept.policies().get(0).failures().get(0).detail().result()).hasSize(255);
        assertThat(kept.policies().get(1).failures()).hasSize(100);
        assertThat(kept.policies().get(1).failed()).isEqualTo(800);
    }
}
