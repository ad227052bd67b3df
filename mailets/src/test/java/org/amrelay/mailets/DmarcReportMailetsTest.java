// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.amrelay.authentication.report.AggregateReportWriter;
import org.amrelay.authentication.report.Disposition;
import org.amrelay.authentication.report.Observation;
import org.amrelay.authentication.report.ReceivedReport;
import org.amrelay.authentication.report.ReportMail;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.ReportStore.CountedRow;
import org.amrelay.authentication.report.ReportStore.DueReport;
import org.amrelay.authentication.report.SourceSummary;
import org.amrelay.authentication.report.failure.ReceivedFailure;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class DmarcReportMailetsTest {
    private final FakeMailetConfig.Builder config = FakeMailetConfig.builder();
    private final List<ReceivedReport> received = new ArrayList<>();
    private final List<ReceivedFailure> failures = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();

    private final class Reports implements ReportStore {
        @Override
        public boolean receive(ReceivedReport report, Instant at) {
            return received.add(report);
        }

        @Override
        public List<SourceSummary> sources(String domain, Instant since, int limit) {
            return List.of();
        }

        @Override
        public void receive(ReceivedFailure failure, Instant at) {
            failures.add(failure);
        }

        @Override
        public List<ReceivedFailure> failures(String domain, Instant since, int limit) {
            return List.of();
        }

        @Override
        public long forgetBefore(Instant end) {
            return 0;
        }

        @Override
        public void count(Map<Counted, Long> messages) {}

        @Override
        public List<DueReport> due(long beforeDay, int limit) {
            return List.of();
        }

        @Override
        public List<CountedRow> rows(DueReport due, int limit) {
            return List.of();
        }

        @Override
        public void done(DueReport due) {}
    }

    private static byte[] report() throws IOException {
        String row = "<record><row><source_ip>192.0.2.1</source_ip><count/></row></record>";
        DueReport due = new DueReport(
                20_000, "relay.example", "", "<policy_published><domain>relay.example</domain></policy_published>");
        AggregateReportWriter writer = new AggregateReportWriter("mx.example", "postmaster@mx.example");
        return ReportMail.of(
                        writer.write(due, List.of(new CountedRow(row, 7))),
                        "relay.example",
                        "mx.example",
                        "postmaster@mx.example",
                        "d@relay.example",
                        Instant.EPOCH)
                .open()
                .readAllBytes();
    }

    private static FakeMail mail(byte[] content) throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .state("delivery")
                .recipient("dmarc-reports@relay.example")
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content)))
                .build();
    }

    private void service(Mailet mailet, Mail mail) throws MessagingException {
        mailet.init(config.build());
        mailet.service(mail);
    }

    private StoreDmarcReport store() {
        return new StoreDmarcReport(new Reports(), Clock.systemUTC());
    }

    @Test
    void keepsAReportAndEndsTheMail() throws Exception {
        FakeMail mail = mail(report());

        service(store(), mail);

        assertThat(received).hasSize(1);
        assertThat(received.get(0).rows().get(0).messages()).isEqualTo(7);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void keepsAFailureReportAndEndsTheMail() throws Exception {
        FakeMail mail = mail("""
                From: <dmarc@gen.example>
                To: <dmarc-reports@relay.example>
                Subject: FW: something
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                This is an authentication failure report.

                --b
                Content-Type: message/feedback-report

                Feedback-Type: auth-failure
                Version: 1
                User-Agent: DMARC-Filter/1.2.3
                Auth-Failure: dmarc
                Identity-Alignment: dkim, spf
                Source-IP: 192.0.2.2
                Reported-Domain: relay.example

                --b
                Content-Type: text/rfc822-headers

                From: joe@relay.example
                --b--
                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));

        service(store(), mail);

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.domain()).isEqualTo("relay.example");
            assertThat(failure.source()).isEqualTo("192.0.2.2");
        });
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void letsAComplaintGoOn() throws Exception {
        FakeMail mail = mail("""
                From: <fbl@gen.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1
                Reported-Domain: relay.example

                --b--
                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));

        service(store(), mail);

        assertThat(failures).isEmpty();
        assertThat(mail.getState()).isEqualTo("delivery");
    }

    @Test
    void passesOnWhatItKeptWhenAskedTo() throws Exception {
        FakeMail mail = mail(report());
        config.setProperty("passOn", "true");

        service(store(), mail);

        assertThat(received).hasSize(1);
        assertThat(mail.getState()).isEqualTo("delivery");
    }

    @Test
    void leavesOtherMailAndBrokenReportsAlone() throws Exception {
        String broken = new String(report(), US_ASCII).replace("H4sI", "H4sJ");
        for (String text : List.of(
                "Subject: hello\r\n\r\nHello\r\n",
                "Content-Type: multipart/mixed\r\n\r\nno boundary\r\n",
                "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n",
                broken)) {
            FakeMail mail = mail(text.getBytes(US_ASCII));
            service(store(), mail);
            assertThat(mail.getState()).as(text).isEqualTo("delivery");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void countsAMailOnce() throws Exception {
        FakeMail mail = mail("Subject: hello\r\n\r\nHello\r\n".getBytes(US_ASCII));
        Observation seen = new Observation("a.example", "mailto:x@a.example", "<p/>", "reject", "<r/>");
        AttributeName name = AttributeName.of("org.amrelay.dmarc-observation");
        mail.setAttribute(new Attribute(name, AttributeValue.of(seen.text())));
        config.setProperty("disposition", "quarantine");
        RecordForDmarcReport mailet =
                new RecordForDmarcReport((each, done) -> recorded.add(each.domain() + " " + done));

        service(mailet, mail);
        mailet.service(mail);

        assertThat(recorded).containsExactly("a.example " + Disposition.QUARANTINE);
    }
}
