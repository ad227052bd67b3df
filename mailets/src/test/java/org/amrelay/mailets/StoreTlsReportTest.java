// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class StoreTlsReportTest {
    private static final String REPORT = """
            Content-Type: application/tlsrpt+json

            {"organization-name": "Acme", "report-id": "1", "contact-info": "x",
             "date-range": {"start-datetime": "2026-04-01T00:00:00Z", "end-datetime": "2026-04-01T23:59:59Z"},
             "policies": [{"policy": {"policy-type": "sts", "policy-domain": "a.example"},
               "summary": {"total-successful-session-count": 5, "total-failure-session-count": 0}}]}
            """;

    private final FakeMailetConfig.Builder config = FakeMailetConfig.builder();

    private String stateAfter(String text) throws MessagingException {
        StoreTlsReport mailet = new StoreTlsReport(TlsReportStore.none(), Clock.systemUTC());
        FakeMail mail = FakeMail.builder()
                .name("mail-1")
                .state("delivery")
                .recipient("tls-reports@relay.example")
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(US_ASCII))))
                .build();
        mailet.init(config.build());
        mailet.service(mail);
        return mail.getState();
    }

    @Test
    void keepsAReportAndEndsTheMail() throws Exception {
        assertThat(stateAfter(REPORT)).isEqualTo(Mail.GHOST);
    }

    @Test
    void passesOnWhatItKeptWhenAskedTo() throws Exception {
        config.setProperty("passOn", "true");
        assertThat(stateAfter(REPORT)).isEqualTo("delivery");
    }

    @Test
    void leavesOtherMailAlone() throws Exception {
        assertThat(stateAfter("Subject: hello\r\n\r\nHello\r\n")).isEqualTo("delivery");
        assertThat(stateAfter(REPORT.replace("2026-04-01T00", "yesterday"))).isEqualTo("delivery");
    }

    @Test
    void refusesAMisspeltParameter() {
        config.setProperty("passon", "true");
        assertThatThrownBy(() -> stateAfter(REPORT))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("passOn");
    }
}
