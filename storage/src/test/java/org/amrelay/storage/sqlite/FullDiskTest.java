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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full: 8 MB of tmpfs. */
class FullDiskTest {
    @TempDir
    Path directory;

    private Path small;

    @BeforeEach
    void mounts() throws Exception {
        small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && run("mount", "-t", "tmpfs", "-o", "size=8m", "amr", small.toString()),
                "a full disk needs the right to mount one");
    }

    @AfterEach
    void unmounts() throws Exception {
        run("umount", small.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private SqliteEngine open(int inlineBody) {
        SqliteSettings settings = SqliteSettings.defaults().withReserve(0).withInlineBody(inlineBody);
        return SqliteEngine.open(small, Clock.fixed(NOW, ZoneOffset.UTC), settings, Faults.none());
    }

    private static List<Long> fill(SqliteEngine engine) {
        List<Long> accepted = new ArrayList<>();
        MessageContent content = MessageContent.of(new byte[50_000]);
        for (int refused = 0; refused < 3; ) {
            try {
                NewSpoolItem item = NewSpoolItem.of(Spool.MAIN, mail("mail", content, "bob@example.org"));
                accepted.add(done(engine.spool().add(item)));
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StorageUnavailable.class);
                refused++;
            }
        }
        return accepted;
    }

    @Test
    void refusesWhenFullKeepsWhatItTookAndGoesOnWhenThereIsSpace() throws Exception {
        List<Long> accepted;
        try (SqliteEngine engine = open(128 << 10)) {
            accepted = fill(engine);
            assertThat(accepted).hasSizeGreaterThan(20);
            assertThat(engine.ledger().audit().findings()).isEmpty();

            assertThat(run("mount", "-o", "remount,size=32m", small.toString())).isTrue();
            NewSpoolItem item = NewSpoolItem.of(Spool.MAIN, mail("after", "bob@example.org"));
            accepted.add(done(engine.spool().add(item)));
        }
        try (SqliteEngine engine = open(128 << 10)) {
            assertThat(engine.spool().browse(Spool.MAIN, 0, 10_000))
                    .extracting(SpoolItem::id)
                    .isEqualTo(accepted);
            assertThat(engine.ledger().audit().unaccounted()).isZero();
            deliverOne(engine);
        }
    }

    private static void deliverOne(SqliteEngine engine) {
        SpoolItem item = engine.spool().take(Spool.MAIN, NOW).orElseThrow();
        done(engine.handOver().complete(item.id(), SpoolOutcome.delivering(List.of(handedOver("bob@example.org")))));
        QueuedDelivery claimed = engine.deliveries().claim(HOP, NOW, 1).get(0);
        done(engine.deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));
        assertThat(engine.ledger().audit().findings()).isEmpty();
    }

    @Test
    void doesTheSameWithBodiesInFiles() throws Exception {
        try (SqliteEngine engine = open(1_000)) {
            List<Long> accepted = fill(engine);
            assertThat(accepted).hasSizeGreaterThan(20);
            assertThat(engine.ledger().audit().findings()).isEmpty();

            assertThat(run("mount", "-o", "remount,size=32m", small.toString())).isTrue();
            deliverOne(engine);
            assertThat(fill(engine)).isNotEmpty();
        }
    }

    @Test
    void startsOnAFullDisk() throws Exception {
        try (SqliteEngine engine = open(1_000)) {
            fill(engine);
        }
        try (SqliteEngine engine = open(1_000)) {
            assertThat(engine.ledger().audit().unaccounted()).isZero();
            assertThat(engine.spool().take(Spool.MAIN, NOW)).isPresent();
        }
    }
}
