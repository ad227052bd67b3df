// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.NOW;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    Path directory;

    private final CountDownLatch go = new CountDownLatch(1);

    /** The disk that waits, so that writes line up behind the first one. */
    private final Faults slow = point -> {
        try {
            go.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    };

    private SqliteEngine open(Faults faults, SqliteSettings settings) {
        return SqliteEngine.open(directory, Clock.fixed(NOW, ZoneOffset.UTC), settings, faults);
    }

    @Test
    void sharesOneSyncAmongAllWhoHaveLinedUp() {
        try (SqliteEngine engine = open(slow, SqliteSettings.defaults())) {
            List<CompletableFuture<Long>> added = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                added.add(engine.spool()
                        .add(NewSpoolItem.of(Spool.MAIN, mail("mail " + i, "bob@example.org")))
                        .toCompletableFuture());
            }
            assertThat(added).noneMatch(CompletableFuture::isDone);

            go.countDown();
            added.forEach(stage -> done(stage));

            assertThat(engine.commits()).isLessThanOrEqualTo(2);
            assertThat(engine.spool().size(Spool.MAIN)).isEqualTo(500);
        }
    }

    @Test
    void failsOnlyTheCulpritOfABatch() {
        try (SqliteEngine engine = open(slow, SqliteSettings.defaults())) {
            CompletableFuture<Long> before = engine.spool()
                    .add(NewSpoolItem.of(Spool.MAIN, mail("before", "bob@example.org")))
                    .toCompletableFuture();
            CompletableFuture<Void> culprit = engine.spool().remove(1).toCompletableFuture();
            CompletableFuture<Boolean> bug = engine.submit(tables -> {
                tables.update("DELETE FROM spool_item");
                throw new IllegalStateException("a bug");
            });
            CompletableFuture<Long> after = engine.spool()
                    .add(NewSpoolItem.of(Spool.MAIN, mail("after", "bob@example.org")))
                    .toCompletableFuture();

            go.countDown();

            assertThat(done(before)).isPositive();
            assertThat(done(after)).isPositive();
            done(culprit);
            assertThatThrownBy(() -> done(bug)).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(engine.spool().browse(Spool.MAIN, 0, 9))
                    .extracting(item -> item.mail().name())
                    .contains("after");
        }
    }

    @Test
    void makesCallersWaitWhenTheLineIsFullAndThenRefuses() {
        SqliteSettings defaults = SqliteSettings.defaults();
        SqliteSettings tight = new SqliteSettings(
                defaults.inlineBody(),
                0,
                2,
                1 << 20,
                10,
                java.time.Duration.ofMillis(50),
                0,
                defaults.walPages(),
                defaults.keepFinished());
        try (SqliteEngine engine = open(slow, tight)) {
            List<CompletableFuture<Long>> added = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                added.add(engine.spool()
                        .add(NewSpoolItem.of(Spool.MAIN, mail("mail " + i, "bob@example.org")))
                        .toCompletableFuture());
            }
            assertThatThrownBy(() -> done(added.get(5))).hasCauseInstanceOf(StorageUnavailable.class);
            go.countDown();
            assertThat(done(added.get(0))).isPositive();
        }
    }

    @Test
    void finishesWhatHasLinedUpBeforeItCloses() {
        go.countDown();
        List<CompletableFuture<Long>> added = new ArrayList<>();
        try (SqliteEngine engine = open(Faults.none(), SqliteSettings.defaults())) {
            for (int i = 0; i < 50; i++) {
                added.add(engine.spool()
                        .add(NewSpoolItem.of(Spool.MAIN, mail("mail " + i, "bob@example.org")))
                        .toCompletableFuture());
            }
        }
        assertThat(added).allMatch(CompletableFuture::isDone);
        try (SqliteEngine engine = open(Faults.none(), SqliteSettings.defaults())) {
            assertThat(engine.spool().size(Spool.MAIN)).isEqualTo(50);
        }
    }
}
