// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.amrelay.delivery.lane.VirtualClock;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.TlsOutcome;
import org.amrelay.delivery.tlsreport.ReportedPolicy.Kind;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsReportTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final ReportedPolicy STS = new ReportedPolicy(
            Kind.STS, List.of("version: STSv1", "mode: testing"), "a.example", List.of("*.a.example"));
    private static final FailureDetail EXPIRED =
            new FailureDetail("certificate-expired", "192.0.2.1", "mx.a.example", "198.51.100.2");

    // RFC 8460 appendix B, shortened
    private static final String EXAMPLE = """
            {"organization-name": "Company-X",
             "date-range": {"start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z"},
             "contact-info": "sts-reporting@company-x.example",
             "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
             "policies": [{
               "policy": {"policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"],
                 "policy-domain": "company-y.example", "mx-host": ["*.mail.company-y.example"]},
               "summary": {"total-successful-session-count": 5326, "total-failure-session-count": 303},
               "failure-details": [
                 {"result-type": "certificate-expired", "sending-mta-ip": "2001:db8:abcd:0012::1",
                  "receiving-mx-hostname": "mx1.mail.company-y.example", "failed-session-count": 100},
                 {"result-type": "starttls-not-supported", "sending-mta-ip": "2001:db8:abcd:0013::1",
                  "receiving-mx-hostname": "mx2.mail.company-y.example", "receiving-ip": "203.0.113.56",
                  "failed-session-count": 200, "additional-information": "https://reports.company-x.example/x"}]}]}
            """;

    private static final ReportUpload NO_WEB = (address, gzip) -> {
        throw new IllegalStateException("no domain of this test has a web address");
    };

    private final VirtualClock clock = new VirtualClock();
    private final MemoryTlsCounts counts = new MemoryTlsCounts();
    private final TlsCounter counter = new TlsCounter(clock);
    private final List<NewMail> mails = new ArrayList<>();

    @Test
    void readsTheExampleOfTheStandard() throws IOException {
        TlsReport report = TlsReportParser.parse(EXAMPLE.getBytes(UTF_8));
        assertThat(report.organization()).isEqualTo("Company-X");
        assertThat(report.from()).isEqualTo(Instant.parse("2016-04-01T00:00:00Z"));
        PolicyReport policy = report.policies().get(0);
        assertThat(policy.policy().domain()).isEqualTo("company-y.example");
        assertThat(policy.successful()).isEqualTo(5326);
        assertThat(policy.failed()).isEqualTo(303);
        assertThat(policy.failures()).hasSize(2);
        assertThat(policy.failures().get(1).detail().receivingIp()).isEqualTo("203.0.113.56");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        TlsReport report = TlsReport.of(
                "Ours",
                Instant.parse("2026-03-01T00:00:00Z"),
                Instant.parse("2026-03-01T23:59:59Z"),
                "post@relay.example",
                "1@relay.example",
                List.of(
                        new TlsCount(DAY, STS, Optional.empty(), 7),
                        new TlsCount(DAY, STS, Optional.of(EXPIRED), 3),
                        new TlsCount(DAY, ReportedPolicy.none("a.example"), Optional.empty(), 1)));
        assertThat(TlsReportParser.parse(TlsReportWriter.json(report))).isEqualTo(report);
        assertThat(TlsReportParser.parse(gzip(TlsReportWriter.json(report)))).isEqualTo(report);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "\"text\"",
                "{}",
                "{\"policies\":[]}",
                "{\"date-range\":{},\"policies\":[{}]}",
                "\u0000",
                "{\"date-range\":{\"start-datetime\":\"x\",\"end-datetime\":\"x\"},\"policies\":[{\"policy\":{},\"summary\":{}}]}"
            })
    void refusesWhatIsNoReport(String text) {
        assertThatThrownBy(() -> TlsReportParser.parse(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesBombs() {
        assertThatThrownBy(() -> TlsReportParser.parse(gzip(new byte[20 << 20])))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TlsReportParser.parse("[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
        String many = "{\"policies\":[" + "{},".repeat(2000) + "{}]}";
        assertThatThrownBy(() -> TlsReportParser.parse(many.getBytes(UTF_8))).isInstanceOf(IOException.class);
        String number = EXAMPLE.replace("5326", "9".repeat(500));
        assertThatThrownBy(() -> TlsReportParser.parse(
                        number.replace("303", "9".repeat(5000)).getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void countsNoNonsense() throws IOException {
        String text = EXAMPLE.replace("5326", "-5").replace("303", "99999999999999999999");
        PolicyReport policy =
                TlsReportParser.parse(text.getBytes(UTF_8)).policies().get(0);
        assertThat(policy.successful()).isZero();
        assertThat(policy.failed()).isZero();
    }

    // RFC 8460 §3
    @Test
    void readsWhereReportsShallGo() {
        assertThat(ReportAddresses.among(List.of(
                        "v=spf1 -all", "v=TLSRPTv1; rua=mailto:tls+rpt@a.example , https://a.example/v1/tlsrpt")))
                .contains(new ReportAddresses(
                        List.of(EmailAddress.of("tls+rpt@a.example")), List.of("https://a.example/v1/tlsrpt")));
        assertThat(ReportAddresses.among(List.of("v=TLSRPTv1;rua=mailto:a%21b@a.example?subject=x")))
                .contains(new ReportAddresses(List.of(EmailAddress.of("a!b@a.example")), List.of()));
        assertThat(ReportAddresses.among(List.of("v=TLSRPTv1; rua=mailto:x"))).isEmpty();
        assertThat(ReportAddresses.among(List.of("v=TLSRPTv1; rua=mailto:a%0d%0ab@a.example,mailto:%zz@a.example")))
                .isEmpty();
        assertThat(ReportAddresses.among(List.of("v=TLSRPTv1"))).isEmpty();
        assertThat(ReportAddresses.among(
                        List.of("v=TLSRPTv1; rua=mailto:a@a.example", "v=TLSRPTv1; rua=mailto:b@a.example")))
                .isEmpty();
    }

    @Test
    void reportsADayWhenItIsOver() throws IOException {
        observe(new TlsOutcome.Encrypted(new PeerVerdict.Verified("x")));
        observe(new TlsOutcome.Encrypted(new PeerVerdict.Rejected(TlsFailure.CERTIFICATE_EXPIRED, "x")));
        counter.flush(counts).toCompletableFuture().join();
        assertThat(reports().run()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(reports().run()).isEqualTo(1);
        assertThat(reports().run()).isZero();
        String text = text(mails.get(0));
        assertThat(text)
                .contains(
                        "\r\nTo: tls@a.example\r\n",
                        "\r\nSubject: Report Domain: a.example\r\n\tSubmitter: relay.example\r\n\tReport-ID: <",
                        "\r\nTLS-Report-Domain: a.example\r\n",
                        "\r\nTLS-Report-Submitter: relay.example\r\n",
                        "\r\nTLS-Required: No\r\n",
                        "multipart/report; report-type=\"tlsrpt\"",
                        "Content-Type: application/tlsrpt+gzip",
                        "filename=\"relay.example!a.example!1772323200!1772409599!");
        String body = text.substring(text.lastIndexOf("\r\n\r\n") + 4, text.lastIndexOf("\r\n--"));
        TlsReport report = TlsReportParser.parse(Base64.getMimeDecoder().decode(body));
        assertThat(TlsReportParser.parse(
                        TlsReportExtractor.report(text.getBytes(UTF_8)).orElseThrow()))
                .isEqualTo(report);
        assertThat(report.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.successful()).isEqualTo(1);
            assertThat(policy.failed()).isEqualTo(1);
            assertThat(policy.failures().get(0).detail()).isEqualTo(EXPIRED);
        });
    }

    @Test
    void findsNoReportInOtherMail() throws IOException {
        assertThat(TlsReportExtractor.report("Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8)))
                .isEmpty();
        assertThat(TlsReportExtractor.report(EXAMPLE.getBytes(UTF_8))).isEmpty();
        assertThat(TlsReportExtractor.report(new byte[0])).isEmpty();
    }

    @Test
    void sendsNothingToDomainsThatWantNothing() {
        counts.add(List.of(new TlsCount(DAY, ReportedPolicy.none("silent.example"), Optional.empty(), 1)));
        clock.advance(Duration.ofDays(1));
        assertThat(reports().run()).isZero();
        assertThat(mails).isEmpty();
        assertThat(counts.all()).isEmpty();
    }

    @Test
    void waitsForDnsButNotForever() {
        counts.add(List.of(new TlsCount(DAY, ReportedPolicy.none("broken.example"), Optional.empty(), 1)));
        clock.advance(Duration.ofDays(1));
        reports().run();
        assertThat(counts.all()).hasSize(1);
        clock.advance(Duration.ofDays(8));
        reports().run();
        assertThat(counts.all()).isEmpty();
    }

    @Test
    void keepsTheCountsOfAReportThatWasNotTaken() {
        counts.add(List.of(new TlsCount(DAY, STS, Optional.empty(), 1)));
        clock.advance(Duration.ofDays(1));
        DailyReports broken = new DailyReports(
                counts,
                Zone.of("_smtp._tls.a.example TXT \"v=TLSRPTv1; rua=mailto:tls@a.example\""),
                new DailyReports.Ways(
                        mail -> CompletableFuture.failedFuture(new IllegalStateException("disk full")), NO_WEB),
                identity(),
                clock);
        assertThat(broken.run()).isZero();
        assertThat(reports().run()).isEqualTo(1);
    }

    @Test
    void countsAgainWhatTheStoreDidNotTake() {
        observe(new TlsOutcome.NotEncrypted(TlsFailure.STARTTLS_NOT_SUPPORTED, "x"));
        counts.breaks(true);
        assertThat(counter.flush(counts).toCompletableFuture()).isCompletedExceptionally();
        counts.breaks(false);
        observe(new TlsOutcome.NotEncrypted(TlsFailure.STARTTLS_NOT_SUPPORTED, "y"));
        counter.flush(counts).toCompletableFuture().join();
        assertThat(counts.all())
                .singleElement()
                .satisfies(count -> assertThat(count.sessions()).isEqualTo(2));
    }

    private void observe(TlsOutcome outcome) {
        counter.observer(STS, "mx.a.example")
                .observed(outcome, new InetSocketAddress("192.0.2.1", 5000), new InetSocketAddress("198.51.100.2", 25));
    }

    private static DailyReports.Identity identity() {
        return new DailyReports.Identity("Ours", "relay.example", EmailAddress.of("post@relay.example"));
    }

    private DailyReports reports() {
        return new DailyReports(
                counts,
                Zone.of(
                        "_smtp._tls.a.example TXT \"v=TLSRPTv1; rua=mailto:tls@a.example\"",
                        "; SERVFAIL *.broken.example"),
                new DailyReports.Ways(
                        mail -> {
                            mails.add(mail);
                            return CompletableFuture.completedFuture(null);
                        },
                        NO_WEB),
                identity(),
                clock);
    }

    private static String text(NewMail mail) throws IOException {
        return new String(mail.content().open().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
