// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.SENDER;
import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed without warning; what it said is durable must be there. */
class CrashTest {
    @TempDir
    Path directory;

    static ProcessBuilder child(Path directory) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    @RepeatedTest(3)
    void findsEverythingThatWasAcknowledged() throws Exception {
        Set<String> added = new HashSet<>();
        Set<String> delivered = new HashSet<>();
        Process process = child(directory).start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null) {
                String[] words = line.split(" ", -1);
                // The last line may be cut off by the kill.
                if (words.length == 3 && words[2].equals(".")) {
                    (words[0].equals("added") ? added : delivered).add(words[1]);
                }
                if (added.size() == 1_000) {
                    process.toHandle().destroyForcibly();
                }
                line = said.readLine();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            Audit audit = storage.ledger().audit();
            assertThat(audit.findings()).isEmpty();
            assertThat(audit.unaccounted()).isZero();
            assertThat(added).hasSizeGreaterThanOrEqualTo(1_000);
            assertThat(added)
                    .allSatisfy(name -> assertThat(storage.ledger().trace(name)).hasSize(1));
            assertThat(delivered)
                    .allSatisfy(name -> assertThat(storage.ledger()
                                    .trace(name)
                                    .get(0)
                                    .recipients()
                                    .get(0)
                                    .state())
                            .isEqualTo(RecipientState.DELIVERED));
        }
    }

    /** The child: accepts, hands over and delivers as fast as it can, and says each thing that is durable. */
    @SuppressWarnings("SystemOut")
    static final class Writing {
        private Writing() {}

        public static void main(String... arguments) throws InterruptedException {
            RelayStorage storage = RelayStorage.openSqlite(Path.of(arguments[0]), Clock.systemUTC());
            Semaphore inside = new Semaphore(50);
            for (int i = 0; ; i++) {
                while (!inside.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                    // What was handed over after the last look waits for the next one, else all would wait for all
                    deliver(storage, inside);
                }
                String name = "Mail" + i;
                NewSpoolItem item = NewSpoolItem.of(Spool.MAIN, mail(name, "bob@example.org"));
                storage.spool().add(item).thenRun(() -> say("added " + name + " ."));
                step(storage, inside);
            }
        }

        private static void step(RelayStorage storage, Semaphore inside) {
            Optional<SpoolItem> item = storage.spool().take(Spool.MAIN, Instant.now());
            item.ifPresent(taken -> storage.handOver()
                    .complete(
                            taken.id(),
                            SpoolOutcome.delivering(
                                    List.of(HandedOver.unchanged(delivery("bob@example.org"), SENDER)))));
            if (item.isEmpty()) {
                inside.release();
            }
            deliver(storage, inside);
        }

        private static void deliver(RelayStorage storage, Semaphore inside) {
            for (QueuedDelivery claimed : storage.deliveries()
                    .claim(StorageContract.HOP, Instant.now().plusSeconds(1_000_000_000), 10)) {
                Instant now = Instant.now();
                storage.deliveries()
                        .report(new DeliveryReport(
                                claimed.id(),
                                now,
                                List.of(StorageContract.outcome(
                                        claimed, 0, RecipientState.DELIVERED, StorageContract.OK)),
                                now,
                                false,
                                List.of()))
                        .thenRun(() -> {
                            say("delivered " + claimed.mailName() + " .");
                            inside.release();
                        });
            }
        }

        private static synchronized void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
