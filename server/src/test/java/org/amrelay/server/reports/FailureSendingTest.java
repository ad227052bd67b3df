// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.report.failure.FailedMessage;
import org.amrelay.authentication.report.failure.PendingFailures;
import org.amrelay.mail.dns.ZoneFileDns;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.TestHome;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FailureSendingTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String ZONE = "_dmarc.example.com. TXT \"v=DMARC1; p=reject\"\n";

    @RegisterExtension
    private final TemporaryStorage storage = new TemporaryStorage();

    @TempDir
    private Path directory;

    private int round(String state, String zone) throws IOException {
        Home home = TestHome.in(directory);
        RelaySettings settings = TestHome.settings(home)
                .with(Map.of("AMR_DMARC_FAILURE_REPORTS", state, "AMR_HOSTNAME", "mx.relay.example"));
        Path key = settings.secretKey(home);
        Files.createDirectories(key.getParent());
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        PendingFailures pending = new PendingFailures(clock);
        pending.add(new FailedMessage(
                "example.com",
                "example.com",
                "mailto:f@example.com mailto:x@other.example",
                "dmarc",
                List.of("dkim", "spf"),
                Optional.empty(),
                Optional.empty(),
                "joe@example.com",
                InetAddress.getByName("192.0.2.1"),
                "mx.relay.example; dmarc=fail",
                true,
                List.of(HeaderField.of("From: Joe <joe@example.com>")),
                NOW));
        return new FailureSending(pending, storage.get(), ZoneFileDns.parse(ZONE + zone), home, settings, clock)
                .round();
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
    void tellsOnlyThoseWhoAgreed() throws IOException {
        assertThat(round("redacted", "")).isEqualTo(1);

        StoredMail mail = spooled();
        assertThat(mail.envelope().sender().isNull()).isTrue();
        assertThat(mail.envelope().recipients()).singleElement().asString().contains("f@example.com");
        assertThat(text(mail)).contains("From: postmaster@mx.relay.example").doesNotContain("joe@", "Joe");
    }

    @Test
    void tellsOthersWhoAgreedInFull() throws IOException {
        assertThat(round("full", "example.com._report._dmarc.other.example. TXT \"v=DMARC1\"\n"))
                .isEqualTo(2);
        assertThat(text(spooled())).contains("From: Joe <joe@example.com>");
    }

    @Test
    void dropsWhatCannotBeVerifiedNow() throws IOException {
        assertThat(round("full", "; SERVFAIL other.example\n; SERVFAIL _dmarc.other.example\n"))
                .isEqualTo(1);
    }

    @Test
    void isOffUnlessAskedFor() throws IOException {
        assertThat(round("off", "")).isZero();
        assertThat(storage.get().spool().size(Spool.MAIN)).isZero();
    }
}
