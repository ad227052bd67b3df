// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.HOP;
import static org.amrelay.storage.StorageContract.OK;
import static org.amrelay.storage.StorageContract.SENDER;
import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.outcome;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;

/**
 * Measures how many life cycles (accept, hand over, delivered) of 10 KB a second the storage carries, or how it starts with
 * a long queue. Not a test: {@code main DIRECTORY cycles SECONDS SESSIONS same|signed} or {@code main DIRECTORY queue COUNT}.
 */
@SuppressWarnings("SystemOut")
final class LifeCycleMeasurement {
    private static final String BODY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n".repeat(156);
    private static final String HEADER =
            "Received: from a by b; today\r\nSubject: measured\r\nFrom: alice@relay.example\r\n";

    private final SqliteEngine engine;
    private final Semaphore sessions;
    private final AtomicLong delivered = new AtomicLong();
    private final boolean signed;
    private volatile boolean stop;

    private LifeCycleMeasurement(SqliteEngine engine, int sessions, boolean signed) {
        this.engine = engine;
        this.sessions = new Semaphore(sessions);
        this.signed = signed;
    }

    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        if (arguments[1].equals("queue")) {
            longQueue(directory, Integer.parseInt(arguments[2]));
            return;
        }
        try (SqliteEngine engine =
                SqliteEngine.open(directory, Clock.systemUTC(), SqliteSettings.defaults(), Faults.none())) {
            int sessions = Integer.parseInt(arguments[3]);
            new LifeCycleMeasurement(engine, sessions, arguments[4].equals("signed"))
                    .run(Integer.parseInt(arguments[2]));
            System.out.println("audit: " + engine.ledger().audit().byState());
        }
    }

    private void run(int seconds) throws InterruptedException {
        Thread accepting = new Thread(this::accept, "accept");
        Thread processing = new Thread(this::process, "process");
        Thread delivering = new Thread(this::deliver, "deliver");
        List<Thread> threads = List.of(accepting, processing, delivering);
        threads.forEach(Thread::start);
        Thread.sleep(5_000);
        long cyclesBefore = delivered.get();
        long commitsBefore = engine.commits();
        long cpuBefore = cpu();
        long start = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        double elapsed = (System.nanoTime() - start) / 1e9;
        long cycles = delivered.get() - cyclesBefore;
        long commits = engine.commits() - commitsBefore;
        System.out.printf(
                "%d cycles in %.1f s: %.0f/s, %.1f us CPU each, %d commits, %.1f cycles a commit%n",
                cycles,
                elapsed,
                cycles / elapsed,
                (cpu() - cpuBefore) / 1e3 / cycles,
                commits,
                (double) cycles / commits);
        stop = true;
        sessions.release(1_000);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void accept() {
        byte[] bytes = StorageContract.text(HEADER + "\r\n" + BODY);
        long number = 0;
        while (!stop) {
            sessions.acquireUninterruptibly();
            NewSpoolItem item =
                    NewSpoolItem.of(Spool.MAIN, mail("Mail" + number++, MessageContent.of(bytes), "bob@example.org"));
            engine.spool().add(item);
        }
    }

    private void process() {
        while (!stop) {
            Optional<SpoolItem> item = engine.spool().take(Spool.MAIN, Instant.now());
            if (item.isEmpty()) {
                java.util.concurrent.locks.LockSupport.parkNanos(200_000);
                continue;
            }
            HandedOver handedOver = HandedOver.unchanged(delivery("bob@example.org"), SENDER);
            if (signed) {
                byte[] bytes = StorageContract.text("DKIM-Signature: v=1; a=rsa; b=xyz\r\n" + HEADER + "\r\n" + BODY);
                handedOver = HandedOver.changed(delivery("bob@example.org"), SENDER, MessageContent.of(bytes));
            }
            engine.handOver().complete(item.get().id(), SpoolOutcome.delivering(List.of(handedOver)));
        }
    }

    private void deliver() {
        while (!stop) {
            List<QueuedDelivery> claimed =
                    engine.deliveries().claim(HOP, Instant.now().plusSeconds(1_000_000_000), 100);
            if (claimed.isEmpty()) {
                java.util.concurrent.locks.LockSupport.parkNanos(200_000);
            }
            for (QueuedDelivery delivery : claimed) {
                Instant now = Instant.now();
                engine.deliveries()
                        .report(new DeliveryReport(
                                delivery.id(),
                                now,
                                List.of(outcome(delivery, 0, RecipientState.DELIVERED, OK)),
                                now,
                                false,
                                List.of()))
                        .thenRun(() -> {
                            delivered.incrementAndGet();
                            sessions.release();
                        });
            }
        }
    }

    private static void longQueue(Path directory, int count) {
        try (SqliteEngine engine =
                SqliteEngine.open(directory, Clock.systemUTC(), SqliteSettings.defaults(), Faults.none())) {
            for (int i = (int) engine.ledger().queuedCount(); i < count; i++) {
                String recipient = "bob@domain" + i % 50_000 + ".example";
                var hop = org.amrelay.delivery.route.NextHop.parse("mx:domain" + i % 50_000 + ".example");
                var newMail = org.amrelay.storage.queue.DeliveryStoreContract.newMail("Mail" + i, SENDER, recipient);
                var stage = engine.deliveries().accept(newMail, List.of(delivery(hop, recipient)));
                if (i % 5_000 == 0) {
                    done(stage);
                }
            }
        }
        long start = System.nanoTime();
        try (SqliteEngine engine =
                SqliteEngine.open(directory, Clock.systemUTC(), SqliteSettings.defaults(), Faults.none())) {
            double elapsed = (System.nanoTime() - start) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%d deliveries to %d next hops: open in %.1f s, %d MB of heap used%n",
                    engine.ledger().queuedCount(),
                    engine.deliveries().lanes().size(),
                    elapsed,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }
}
