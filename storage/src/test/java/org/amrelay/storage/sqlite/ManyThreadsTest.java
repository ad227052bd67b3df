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

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolOutcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyThreadsTest {
    private static final int MAILS = 2_000;

    @TempDir
    Path directory;

    private final ConcurrentHashMap<Long, Boolean> seen = new ConcurrentHashMap<>();
    private volatile boolean stop;

    @Test
    void deliversEachMailOnceWhileOperatorsHoldAndRelease() throws Exception {
        // Few fresh bytes, so that rows are read as well.
        SqliteSettings settings = SqliteSettings.defaults().withFreshBytes(50_000);
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try (SqliteEngine engine =
                SqliteEngine.open(directory, Clock.fixed(NOW, ZoneOffset.UTC), settings, Faults.none())) {
            threads.execute(() -> add(engine));
            for (int i = 0; i < 2; i++) {
                threads.execute(() -> process(engine));
                threads.execute(() -> deliver(engine));
            }
            threads.execute(() -> operate(engine));
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> seen.size() == MAILS);
            stop = true;
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

            Audit audit = engine.ledger().audit();
            assertThat(audit.findings()).isEmpty();
            assertThat(audit.byState()).containsEntry(RecipientState.DELIVERED, (long) MAILS);
            assertThat(engine.deliveries().lanes()).isEmpty();
            assertThat(engine.spool().size(Spool.MAIN)).isZero();
        } finally {
            stop = true;
            threads.shutdownNow();
        }
    }

    private static void add(SqliteEngine engine) {
        for (int i = 0; i < MAILS; i++) {
            engine.spool().add(NewSpoolItem.of(Spool.MAIN, mail("mail" + i, "bob@example.org")));
        }
    }

    private void process(SqliteEngine engine) {
        while (!stop) {
            engine.spool()
                    .take(Spool.MAIN, NOW)
                    .ifPresentOrElse(
                            item -> engine.handOver()
                                    .complete(
                                            item.id(), SpoolOutcome.delivering(List.of(handedOver("bob@example.org")))),
                            Thread::onSpinWait);
        }
    }

    private void deliver(SqliteEngine engine) {
        while (!stop) {
            engine.deliveries()
                    .claim(HOP, NOW, 20)
                    .forEach(claimed -> engine.deliveries()
                            .report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK)))
                            .thenRun(() ->
                                    assertThat(seen.put(claimed.id(), true)).isNull()));
        }
    }

    private void operate(SqliteEngine engine) {
        Selection all = new Selection.Matching(QueueFilter.all());
        while (!stop) {
            done(engine.ledger().hold(all, "operator"));
            done(engine.ledger().release(all, "operator"));
        }
    }
}
