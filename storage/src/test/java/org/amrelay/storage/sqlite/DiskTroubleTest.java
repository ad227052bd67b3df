// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.HOP;
import static org.amrelay.storage.StorageContract.NOW;
import static org.amrelay.storage.StorageContract.OK;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.handedOver;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.outcome;
import static org.amrelay.storage.StorageContract.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.Faults.Point;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskTroubleTest {
    @TempDir
    Path directory;

    private final AtomicReference<@Nullable Point> failing = new AtomicReference<>();
    private SqliteEngine engine;

    @BeforeEach
    void opens() {
        engine = SqliteEngine.open(
                directory,
                Clock.fixed(NOW, ZoneOffset.UTC),
                SqliteSettings.defaults().withInlineBody(1_000),
                point -> {
                    if (point == failing.get()) {
                        throw new IOException("Input/output error");
                    }
                });
    }

    @AfterEach
    void closes() {
        engine.close();
    }

    private CompletionStage<Long> add(String name) {
        return engine.spool().add(NewSpoolItem.of(Spool.MAIN, mail(name, "bob@example.org")));
    }

    private static void isRefused(CompletionStage<?> stage) {
        assertThatThrownBy(() -> done(stage)).hasCauseInstanceOf(StorageUnavailable.class);
    }

    @ParameterizedTest(name = "failing at {0}")
    @EnumSource(names = {"WRITE", "SYNC"})
    void refusesNewMailAndTakesItAgainWhenTheDiskDoes(Point point) {
        done(add("before"));
        failing.set(point);
        isRefused(add("during"));
        isRefused(add("during, too"));
        failing.set(null);
        done(add("after"));

        assertThat(engine.spool().browse(Spool.MAIN, 0, 9))
                .extracting(item -> item.mail().name())
                .containsExactly("before", "after");
        assertThat(engine.ledger().audit().findings()).isEmpty();
    }

    @ParameterizedTest(name = "failing at {0}")
    @EnumSource(names = {"WRITE", "SYNC"})
    void keepsTheClaimWhenTheHandOverFailsSoThatItCanBeRepeated(Point point) {
        long id = done(add("one"));
        engine.spool().take(Spool.MAIN, NOW);
        SpoolOutcome outcome = SpoolOutcome.delivering(List.of(handedOver("bob@example.org")));
        failing.set(point);
        isRefused(engine.handOver().complete(id, outcome));
        assertThat(engine.spool().take(Spool.MAIN, NOW)).isEmpty();
        failing.set(null);

        done(engine.handOver().complete(id, outcome));

        assertThat(engine.deliveries().claim(HOP, NOW, 9)).hasSize(1);
        assertThat(engine.ledger().audit().findings()).isEmpty();
    }

    @ParameterizedTest(name = "failing at {0}")
    @EnumSource(names = {"WRITE", "SYNC"})
    void keepsTheClaimWhenTheReportFailsSoThatItCanBeRepeated(Point point) {
        long id = done(add("one"));
        engine.spool().take(Spool.MAIN, NOW);
        done(engine.handOver().complete(id, SpoolOutcome.delivering(List.of(handedOver("bob@example.org")))));
        QueuedDelivery claimed = engine.deliveries().claim(HOP, NOW, 1).get(0);
        DeliveryReport report = report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK));
        failing.set(point);
        isRefused(engine.deliveries().report(report));
        assertThat(engine.deliveries().claim(HOP, NOW, 1)).isEmpty();
        failing.set(null);

        done(engine.deliveries().report(report));

        assertThat(engine.ledger().audit().byState()).containsEntry(RecipientState.DELIVERED, 1L);
    }

    @ParameterizedTest(name = "failing at {0}")
    @EnumSource
    void leavesNoFileOfALargeBodyBehind(Point point) throws IOException {
        MessageContent large = MessageContent.of(new byte[5_000]);
        failing.set(point);

        isRefused(engine.spool().add(NewSpoolItem.of("plain", mail("large", large, "bob@example.org"))));

        assertThat(bodyFiles()).isEmpty();
        failing.set(null);
        done(engine.spool().add(NewSpoolItem.of("plain", mail("large", large, "bob@example.org"))));
        assertThat(bodyFiles()).hasSize(1);
        done(engine.spool().clear("plain"));
        assertThat(bodyFiles()).isEmpty();
    }

    @Test
    void deletesAtTheStartTheBodyFilesThatACrashLeft() throws IOException {
        done(engine.spool().add(NewSpoolItem.of("plain", mail("kept", MessageContent.of(new byte[5_000]), "b@c.d"))));
        Path kept = bodyFiles().get(0);
        Files.copy(kept, kept.resolveSibling("1048581"));
        engine.close();

        opens();

        assertThat(bodyFiles()).containsExactly(kept);
    }

    @Test
    void refusesAccountsWhileTheDiskFails() {
        failing.set(Point.SYNC);

        assertThatThrownBy(() -> engine.domains().add("relay.example")).isInstanceOf(StorageUnavailable.class);

        assertThat(engine.domains().contains("relay.example")).isFalse();
    }

    @Test
    void refusesNewMailWhileTheReserveIsTouched() {
        engine.close();
        engine = SqliteEngine.open(
                directory,
                Clock.fixed(NOW, ZoneOffset.UTC),
                SqliteSettings.defaults().withReserve(Long.MAX_VALUE - 1),
                point -> {});

        isRefused(add("one"));
    }

    private List<Path> bodyFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("bodies"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
