// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.delivery.client.ScriptedDestination;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.DeliverySettings;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;

/**
 * Measures the queue. Not a test; {@code benchmarks/delivery/run.sh} runs it: {@code main DIRECTORY curve SIZE...} grows a
 * queue and measures it at each size, {@code main DIRECTORY destinations COUNT EACH [SECONDS]} delivers to a server on the loopback.
 */
@SuppressWarnings("SystemOut")
final class QueueMeasurement {
    private static final int DESTINATIONS = 10_000;
    private static final int STEPS = 20_000;
    private static final Reply OK = Reply.of(250, "2.0.0", "taken");

    private QueueMeasurement() {}

    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        if (arguments[1].equals("curve")) {
            warmUp(directory.resolveSibling("warm-up"));
            System.out.println(
                    "queued     open ms  page ms  index ms  pass ms  impact ms  us/message  us CPU/message  heap MB");
            long queued = 0;
            for (int i = 2; i < arguments.length; i++) {
                long size = Long.parseLong(arguments[i]);
                fill(directory, size - queued, DESTINATIONS);
                queued = size - curve(directory, size);
            }
        } else {
            long seconds = arguments.length > 4 ? Long.parseLong(arguments[4]) : Long.MAX_VALUE / 1000;
            destinations(directory, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), seconds);
        }
    }

    /** So that the first size does not pay for the compiler. */
    private static void warmUp(Path directory) throws InterruptedException {
        fill(directory, 2 * STEPS, DESTINATIONS);
        try (SqliteEngine engine = open(directory)) {
            deliver(engine.deliveries(), new ArrayDeque<>(engine.deliveries().due(Instant.now())), 2 * STEPS);
        }
    }

    private static SqliteEngine open(Path directory) {
        return SqliteEngine.open(directory, Clock.systemUTC(), SqliteSettings.defaults(), Faults.none());
    }

    /** Writes rows as deliveries leave them, in large steps. */
    private static void fill(Path directory, long count, int destinations) {
        try (SqliteEngine engine = open(directory)) {
            long base = engine.<Long>submit(tables -> tables.number("SELECT ifnull(max(id), 0) FROM delivery"))
                    .join();
            long now = Instant.now().toEpochMilli();
            for (long done = 0; done < count; done += 100_000) {
                long from = base + 2 * done;
                long portion = Math.min(100_000, count - done);
                engine.<Integer>submit(tables -> {
                            String numbers =
                                    "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < "
                                            + portion + ") ";
                            String id = "(" + from + " + 2 * i + 1)";
                            tables.update(numbers
                                    + "INSERT INTO mail (id, name, accepted_at, sender, account, size, envelope_id, "
                                    + "return_content, remote_host, remote_address, helo, protocol) SELECT " + id
                                    + ", 'm' || " + id + ", " + now
                                    + ", 'news@c' || (i % 100) || '.example', 'news@c' || (i % 100) || '.example', 400, NULL, "
                                    + "NULL, 'c', '192.0.2.1', 'c', 'ESMTPSA' FROM n");
                            tables.update(numbers
                                    + "INSERT INTO recipient (id, address, state, changed_at, delivery_id, notify_on) SELECT "
                                    + id + " * 1048576, 'u' || i || '@d' || (i % " + destinations
                                    + ") || '.example', 1, "
                                    + now + ", " + id + " + 1, 4 FROM n");
                            tables.update(numbers + "INSERT INTO content (id, size, bytes) SELECT " + id
                                    + " * 1048576, 400, CAST('Subject: x' || char(13, 10, 13, 10) || printf('%.*c', 384, 'x')"
                                    + " || char(13, 10) AS BLOB) FROM n");
                            tables.update(numbers
                                    + "INSERT INTO delivery (id, mail_id, next_hop, sender, due_at, expires_at, attempts, held, "
                                    + "delay_notice, content, recipients, accepted_at, account) SELECT " + id + " + 1, "
                                    + id
                                    + ", 'mx:d' || (i % " + destinations
                                    + ") || '.example', 'news@c' || (i % 100) || '.example', "
                                    + now + ", " + (now + 432_000_000L)
                                    + ", 0, 0, 0, 0, '0', " + now + ", 'news@c' || (i % 100) || '.example' FROM n");
                            return 0;
                        })
                        .join();
            }
        }
    }

    /** Measures one size; returns how many deliveries it took out. */
    private static long curve(Path directory, long size) throws InterruptedException {
        long begin = System.nanoTime();
        try (SqliteEngine engine = open(directory)) {
            long opened = System.nanoTime() - begin;
            long page = best(() -> engine.ledger().queued(QueueFilter.all(), size, 100));
            double[] filters = filters(engine);
            long impact = best(() -> engine.ledger().impact(new Selection.Matching(QueueFilter.all())));
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
            int steps = (int) Math.min(STEPS, size / 2);
            Deque<Flow> flows = new ArrayDeque<>(engine.deliveries().due(Instant.now()));
            deliver(engine.deliveries(), flows, steps / 2);
            long cpu = cpu();
            begin = System.nanoTime();
            deliver(engine.deliveries(), flows, steps / 2);
            long wall = System.nanoTime() - begin;
            System.out.printf(
                    Locale.ROOT,
                    "%-10d %7.0f  %7.1f  %9.1f  %7.1f  %7.1f  %10.1f  %14.1f  %7d%n",
                    size,
                    opened / 1e6,
                    page / 1e6,
                    filters[0],
                    filters[1],
                    impact / 1e6,
                    wall / 1e3 / (steps / 2),
                    (cpu() - cpu) / 1e3 / (steps / 2),
                    heap);
            return steps / 2 * 2L;
        }
    }

    /** The slowest search with an index, and the slowest that goes through everything, each the best of three. */
    private static double[] filters(SqliteEngine engine) {
        Optional<String> none = Optional.empty();
        Optional<Boolean> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        Optional<NextHop> where = Optional.empty();
        Optional<String> sender = Optional.of("news@c7.example");
        Map<String, QueueFilter> searches = new LinkedHashMap<>();
        searches.put(
                "domain",
                new QueueFilter(where, none, none, any, Optional.of("d77.example"), none, ever, none, none, none));
        searches.put("account", new QueueFilter(where, none, none, any, none, sender, ever, none, none, none));
        searches.put("sender", new QueueFilter(where, none, none, any, none, none, ever, none, sender, none));
        searches.put(
                "recipient",
                new QueueFilter(where, none, none, any, none, none, ever, none, none, Optional.of("u77@d77.example")));
        int indexed = searches.size();
        Optional<String> rare = Optional.of("nobody@d77");
        searches.put("part of sender", new QueueFilter(where, rare, none, any, none, none, ever, none, none, none));
        searches.put("part of recipient", new QueueFilter(where, none, rare, any, none, none, ever, none, none, none));
        searches.put("part of reply", new QueueFilter(where, none, none, any, none, none, ever, rare, none, none));
        searches.put(
                "age",
                new QueueFilter(where, none, none, any, none, none, Optional.of(Instant.EPOCH), none, none, none));
        searches.put(
                "next hop",
                new QueueFilter(
                        Optional.of(NextHop.parse("mx:x.example")),
                        none,
                        none,
                        any,
                        none,
                        none,
                        ever,
                        none,
                        none,
                        none));
        searches.put("held", new QueueFilter(where, none, none, Optional.of(true), none, none, ever, none, none, none));
        double[] slowest = new double[2];
        int number = 0;
        for (Map.Entry<String, QueueFilter> search : searches.entrySet()) {
            double millis = best(() -> engine.ledger().queued(search.getValue(), 0, 100)) / 1e6;
            System.out.printf(Locale.ROOT, "  by %s: %.1f ms%n", search.getKey(), millis);
            int kind = number++ < indexed ? 0 : 1;
            slowest[kind] = Math.max(slowest[kind], millis);
        }
        return slowest;
    }

    private static long best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Claims one delivery of each flow in turn and reports it as delivered, as the engine does. */
    private static void deliver(DeliveryStore store, Deque<Flow> flows, int count) throws InterruptedException {
        Semaphore open = new Semaphore(1000);
        for (int done = 0; done < count; ) {
            Instant now = Instant.now();
            Flow flow = flows.removeFirst();
            List<QueuedDelivery> claimed = store.claim(flow, now, 1);
            if (!claimed.isEmpty()) {
                flows.addLast(flow);
            }
            for (QueuedDelivery delivery : claimed) {
                open.acquire();
                done++;
                RecipientOutcome outcome = new RecipientOutcome(
                        delivery.recipients().get(0).id(), RecipientState.DELIVERED, OK, "mx[192.0.2.1]:25", "", false);
                store.report(new DeliveryReport(delivery.id(), now, List.of(outcome), now, false, List.of()))
                        .whenComplete((ended, failure) -> open.release());
            }
        }
        open.acquire(1000);
    }

    private static void destinations(Path directory, int count, int each, long limit) throws InterruptedException {
        fill(directory, (long) count * each, count);
        StringBuilder zone = new StringBuilder();
        for (int i = 0; i < count; i++) {
            zone.append("d").append(i).append(".example A 127.0.0.1\n");
        }
        AtomicLong most = new AtomicLong();
        try (ScriptedDestination peer = ScriptedDestination.start().onlyCounts();
                SqliteEngine storage = open(directory)) {
            DeliveryEngine engine = new DeliveryEngine(
                    DeliverySettings.defaults("relay.example").withMxPort(peer.port()),
                    storage.deliveries(),
                    Zone.of(zone.toString()),
                    InstantSource.system(),
                    new Random(1));
            long cpu = cpu();
            long begin = System.nanoTime();
            engine.start();
            long end = begin + TimeUnit.SECONDS.toNanos(Math.min(limit, 1_000_000));
            while (storage.ledger().queuedCount() > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                most.accumulateAndGet(used, Math::max);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.gc();
            System.out.printf(
                    Locale.ROOT,
                    "%d destinations x %d: %d delivered in %.1f s, %.0f/s, %.0f us CPU each (both sides), heap at most %d MB, "
                            + "%d MB of it live at the end%n",
                    count,
                    each,
                    peer.taken(),
                    seconds,
                    peer.taken() / seconds,
                    (cpu() - cpu) / 1e3 / peer.taken(),
                    most.get() >> 20,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
            engine.stop(Duration.ofSeconds(5)).toCompletableFuture().join();
        }
    }
}
