// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.queue.MailCodec;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineUpkeepTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final EmailAddress ANN = EmailAddress.of("ann@ours.example");
    private static final String OLD_PLACE = "relay://var/mail/quarantine/";

    @TempDir
    private Path directory;

    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private Home home;
    private RelayStorage storage;

    @BeforeEach
    void aRelayThatStands() {
        home = TestHome.in(directory);
        open(NOW);
    }

    private void open(Instant at) {
        storage = RelayStorage.openSqlite(home.data(), Clock.fixed(at, ZoneOffset.UTC));
    }

    @AfterEach
    void closes() {
        storage.close();
    }

    private RelaySettings settings(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return RelaySettings.read(home, environment);
    }

    private void round(Instant at, String... variables) {
        RelaySettings settings = settings(variables);
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        QuarantineDesk desk = QuarantineDesk.of(home, settings, Map.of(), storage, SpamFeedback.recorded(), clock);
        new QuarantineUpkeep(desk, storage, settings, metrics, clock).round();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static StoredMail mail(String name, EmailAddress... to) {
        List<EnvelopeRecipient> recipients = new ArrayList<>();
        for (EmailAddress each : to) {
            recipients.add(EnvelopeRecipient.of(each));
        }
        return new StoredMail(
                name,
                Envelope.of(ReversePath.of("eve@far.example"), recipients),
                MessageContent.of(("From: Eve <eve@far.example>\r\nSubject: old " + name + "\r\n\r\nbody\r\n")
                        .getBytes(StandardCharsets.US_ASCII)),
                "quarantine",
                Optional.empty(),
                Map.of(),
                new Origin("far.example", "192.0.2.1", "far.example", "ESMTP"),
                NOW);
    }

    /** As an earlier version left it. */
    private void restsInRepository(String name, EmailAddress... to) {
        done(storage.spool().add(NewSpoolItem.of(Spool.MAIN, mail(name, to))));
        SpoolItem item = storage.spool().take(Spool.MAIN, NOW).orElseThrow();
        List<RecipientFate> fates = new ArrayList<>();
        for (EmailAddress each : to) {
            fates.add(RecipientFate.of(each, RecipientState.QUARANTINED, "ToRepository"));
        }
        done(storage.handOver()
                .complete(
                        item.id(),
                        new SpoolOutcome(
                                List.of(),
                                fates,
                                List.of(),
                                List.of(new RepositoryStore(OLD_PLACE, name, item.mail())),
                                List.of())));
    }

    private List<QuarantinedMail> kept() {
        return storage.quarantine().mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 1000);
    }

    @Test
    void takesOverWhatEarlierVersionsKeptAndLosesNothing() throws Exception {
        for (int i = 0; i < 120; i++) {
            restsInRepository("m" + i, ANN);
        }
        round(NOW);
        round(NOW);

        assertThat(kept()).hasSize(120);
        assertThat(storage.repositories().size(OLD_PLACE)).isZero();
        assertThat(kept().get(0).expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(kept()).extracting(QuarantinedMail::subject).contains("old m0", "old m119");
        assertThat(storage.ledger().audit().findings()).isEmpty();

        storage.quarantine()
                .mails()
                .release(QuarantineDecision.about(List.of(kept().get(0).id()), "olga"), ReleaseManner.goOn());
        SpoolItem released = storage.spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(released.mail().state()).isEqualTo("root");
        assertThat(QuarantineMarks.isReleased(MailCodec.toMail(released.mail()), "policy"))
                .isTrue();
        assertThat(storage.ledger().audit().unaccounted()).isZero();
    }

    @Test
    void throwsAwayWhatIsDueAndCountsIt() {
        restsInRepository("m", ANN);
        round(NOW, "AMR_QUARANTINE_RETENTION", "2d");
        round(NOW.plus(Duration.ofDays(2)).minusMillis(1), "AMR_QUARANTINE_RETENTION", "2d");
        assertThat(kept()).hasSize(1);
        round(NOW.plus(Duration.ofDays(2)), "AMR_QUARANTINE_RETENTION", "2d");

        assertThat(kept()).isEmpty();
        assertThat(metrics.countFor("amr_filtering_quarantine_expired")).isEqualTo(1);
        assertThat(storage.ledger().trace("m").get(0).recipients().get(0).state())
                .isEqualTo(RecipientState.DISCARDED);
        assertThat(storage.ledger().audit().unaccounted()).isZero();
    }

    @Test
    void keepsNoMoreThanTheSettingsAllow() {
        restsInRepository("m1", ANN);
        restsInRepository("m2", ANN);
        round(NOW, "AMR_QUARANTINE_TOTAL_SIZE", "100");

        assertThat(kept()).extracting(QuarantinedMail::mailName).containsExactly("m2");
    }

    @Test
    void saysWhichSettingCannotBe() {
        assertThatThrownBy(() -> round(NOW, "AMR_QUARANTINE_PUBLIC_URL", "quarantine.example"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is not a URL like");
        assertThatThrownBy(() -> round(NOW, "AMR_QUARANTINE_DIGEST_TIMES", "noon"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("'noon' is not a time");
        assertThatThrownBy(() -> round(NOW, "AMR_QUARANTINE_RETENTION", "for ever"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("quarantine.retention");
    }
}
