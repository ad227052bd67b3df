// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.amrelay.authentication.report.Disposition;
import org.amrelay.authentication.report.Observation;
import org.amrelay.authentication.report.ReportStore.Counted;
import org.amrelay.mail.dns.ZoneFileDns;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.TestHome;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReportSendingTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final long TODAY = NOW.getEpochSecond() / 86_400;
    private static final Observation SEEN = new Observation(
            "example.com",
            "mailto:d@example.com mailto:x@other.example",
            "<policy_published><domain>example.com</domain></policy_published>",
            "reject",
            "<record><row><source_ip>192.0.2.1</source_ip><count/></row></record>");
    private static final String ZONE = "_dmarc.example.com. TXT \"v=DMARC1; p=reject\"\n";

    @RegisterExtension
    private final TemporaryStorage storage = new TemporaryStorage();

    @TempDir
    private Path directory;

    private int round(String state, String zone) throws IOException {
        Home home = TestHome.in(directory);
        RelaySettings settings = TestHome.settings(home)
                .with(Map.of("AMR_DMARC_SEND_REPORTS", state, "AMR_HOSTNAME", "mx.relay.example"));
        return new ReportSending(
                        storage.get(), ZoneFileDns.parse(ZONE + zone), settings, Clock.fixed(NOW, ZoneOffset.UTC))
                .round();
    }

    private void count(long day) {
        storage.get().reports().count(Map.of(new Counted(day, SEEN, Disposition.REJECT), 2L));
    }

    private StoredMail spooled() {
        return storage.get()
                .spool()
                .take(Spool.MAIN, NOW.plusSeconds(60))
                .orElseThrow()
                .mail();
    }

    private static String text(StoredMail mail) throws IOException {
        return new String(mail.content().open().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void sendsYesterdaysReportOnceToThoseWhoAgreed() throws IOException {
        count(TODAY - 1);
        count(TODAY);

        assertThat(round("on", "")).isEqualTo(1);
        assertThat(round("on", "")).isZero();

        StoredMail mail = spooled();
        assertThat(mail.envelope().sender().isNull()).isTrue();
        assertThat(mail.envelope().recipients()).singleElement().asString().contains("d@example.com");
        assertThat(text(mail))
                .contains("Subject: Report Domain: example.com\r\n\tSubmitter: mx.relay.example\r\n\tReport-ID: <")
                .contains("From: postmaster@mx.relay.example")
                .contains("application/gzip");
    }

    @Test
    void sendsNothingUnlessAskedTo() throws IOException {
        count(TODAY - 1);

        assertThat(round("off", "")).isZero();
        assertThat(storage.get().spool().size(Spool.MAIN)).isZero();
    }

    @Test
    void waitsForASilentDnsButNotForEver() throws IOException {
        String silent = "; SERVFAIL other.example\n; SERVFAIL _dmarc.other.example\n";
        count(TODAY - 1);

        assertThat(round("on", silent)).isZero();
        assertThat(storage.get().reports().due(TODAY, 9)).hasSize(1);

        count(TODAY - 4);
        assertThat(round("on", silent)).isEqualTo(1);
        assertThat(storage.get().reports().due(TODAY, 9)).hasSize(1);
    }
}
