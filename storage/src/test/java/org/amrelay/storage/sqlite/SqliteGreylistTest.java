// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.greylist.GreylistEntry;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteGreylistTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    @TempDir
    private Path directory;

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static GreylistEntry count(Optional<GreylistEntry> kept, Instant at) {
        return new GreylistEntry(
                kept.map(GreylistEntry::firstSeen).orElse(at),
                at,
                kept.map(entry -> entry.passes() + 1).orElse(0L));
    }

    @Test
    void keepsWhatItIsToldAcrossRestarts() {
        Instant later = NOW.plusSeconds(60);
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            GreylistStore greylist = storage.greylist();
            assertThat(join(greylist.find("a"))).isEmpty();
            assertThat(join(greylist.update("a", kept -> count(kept, NOW), Instant.EPOCH)))
                    .isEqualTo(new GreylistEntry(NOW, NOW, 0));
            join(greylist.update("a", kept -> count(kept, later), Instant.EPOCH));
        }
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            assertThat(join(storage.greylist().find("a"))).contains(new GreylistEntry(NOW, later, 1));
        }
    }

    @Test
    void forgetsWhatIsOldWhenSomethingNewComes() {
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            GreylistStore greylist = storage.greylist();
            for (int i = 0; i < 30; i++) {
                String key = "old-" + i;
                join(greylist.update(key, kept -> count(kept, NOW), Instant.EPOCH));
            }
            Instant later = NOW.plus(Duration.ofDays(40));
            join(greylist.update("new-1", kept -> count(kept, later), later.minus(Duration.ofDays(36))));
            join(greylist.update("new-2", kept -> count(kept, later), later.minus(Duration.ofDays(36))));
            for (int i = 0; i < 30; i++) {
                assertThat(join(greylist.find("old-" + i))).isEmpty();
            }
            assertThat(join(greylist.find("new-1"))).isPresent();
        }
    }

    @Test
    void aGlanceSeesTheAccountsOfAnOpenStorageAndOfAClosedOne() {
        assertThat(RelayStorage.glance(directory).domains()).isEmpty();
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            storage.domains().add("ours.example");
            storage.rewrites().add("info@ours.example", "ann@ours.example");
            assertThat(RelayStorage.glance(directory).domains()).isEqualTo(Set.of("ours.example"));
        }
        assertThat(RelayStorage.glance(directory).rewrites())
                .containsEntry("info@ours.example", List.of("ann@ours.example"));
    }
}
