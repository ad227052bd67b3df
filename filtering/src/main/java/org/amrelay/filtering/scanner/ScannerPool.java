// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of one scanner: asks one that works and goes on to the next when it does not.
 *
 * <p>A host that has failed is left alone and probed in the background until it works again. While none works, questions
 * are answered at once with {@link ScannerUnavailable}, so that mail does not queue up behind a dead scanner. As many
 * threads as connections; some questions for each of them wait. Safe for several threads.
 *
 * @param <Q> what is asked
 * @param <R> what is answered
 */
public final class ScannerPool<Q, R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScannerPool.class);
    private static final Duration PROBING = Duration.ofSeconds(1);
    private static final int WAITING_PER_CONNECTION = 4;

    private final String name;
    private final List<ScannerHost> hosts;
    private final ScannerProtocol<Q, R> protocol;
    private final Duration time;
    private final Duration suspicious;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor prober;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * How hosts are used.
     *
     * @param connections how many questions are asked at a time
     * @param time how long one answer of a host may take, from when it is asked
     * @param suspicious after that long without an answer a host is probed
     * @param firstRest how long a host is left alone after it has failed; doubles with each further failure
     * @param longestRest at which that stops to grow
     */
    public record Manners(
            int connections, Duration time, Duration suspicious, Duration firstRest, Duration longestRest) {
        /** With the usual rests. */
        public static Manners of(int connections, Duration time) {
            return new Manners(connections, time, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(15));
        }
    }

    /** Starts no thread before the first question. */
    public ScannerPool(String name, List<ScannerAddress> hosts, ScannerProtocol<Q, R> protocol, Manners manners) {
        this.name = name;
        this.hosts = hosts.stream()
                .map(address -> new ScannerHost(address, manners.firstRest(), manners.longestRest()))
                .toList();
        this.protocol = protocol;
        this.time = manners.time();
        this.suspicious = manners.suspicious();
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                manners.connections(),
                manners.connections(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(manners.connections() * WAITING_PER_CONNECTION),
                work -> daemon(work, name + "-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        this.prober = new ScheduledThreadPoolExecutor(1, work -> daemon(work, name + "-probe"));
        prober.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Tells the listener each time a host works again; it returns quickly. */
    public void onRecovery(Runnable listener) {
        listeners.add(listener);
    }

    /** Asks; the stage fails with {@link ScannerUnavailable} when no host answers. */
    public CompletableFuture<R> ask(Q question) {
        if (!isUp()) {
            return CompletableFuture.failedFuture(noneWorks());
        }
        long start = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return askOne(question, start);
                        } catch (ScannerUnavailable unavailable) {
                            throw new CompletionException(unavailable);
                        }
                    },
                    threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(
                    new ScannerUnavailable(name + " has too many questions waiting", true));
        }
    }

    private R askOne(Q question, long asked) throws ScannerUnavailable {
        if (System.nanoTime() - asked > time.toNanos()) {
            throw new ScannerUnavailable(name + " was too busy", true);
        }
        int first = Math.floorMod(turn.getAndIncrement(), hosts.size());
        for (int i = 0; i < hosts.size(); i++) {
            ScannerHost host = hosts.get((first + i) % hosts.size());
            if (!host.isWorking()) {
                continue;
            }
            ScheduledFuture<?> suspicion =
                    prober.schedule(() -> suspect(host), suspicious.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return protocol.ask(host.address(), question, time);
            } catch (IOException e) {
                failed(host, e);
            } finally {
                suspicion.cancel(false);
            }
        }
        throw noneWorks();
    }

    /** An answer takes long: sees whether the host is well, so that not all who ask wait to the end of their time. */
    private void suspect(ScannerHost host) {
        if (host.isWorking() && host.isLastProbedBefore(System.nanoTime() - suspicious.toNanos())) {
            try {
                protocol.probe(host.address(), PROBING);
                host.probed(System.nanoTime());
            } catch (IOException e) {
                failed(host, e);
            }
        }
    }

    private ScannerUnavailable noneWorks() {
        return new ScannerUnavailable("no host of " + name + " works" + troubles(), false);
    }

    private void failed(ScannerHost host, IOException why) {
        if (host.failed(String.valueOf(why.getMessage()))) {
            LOG.warn("{} at {} does not work: {}", name, host.address(), why.toString());
            probeLater(host);
        }
    }

    private void probeLater(ScannerHost host) {
        if (!prober.isShutdown()) {
            prober.schedule(() -> probe(host), host.rest().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void probe(ScannerHost host) {
        try {
            protocol.probe(host.address(), PROBING);
            host.works();
            LOG.info("{} at {} works again", name, host.address());
            listeners.forEach(Runnable::run);
        } catch (IOException still) {
            host.failed(String.valueOf(still.getMessage()));
            probeLater(host);
        }
    }

    private String troubles() {
        return hosts.stream()
                .map(ScannerHost::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .collect(Collectors.joining("; ", ": ", ""));
    }

    /** Whether at least one host is not known to fail. */
    public boolean isUp() {
        return hosts.stream().anyMatch(ScannerHost::isWorking);
    }

    @Override
    public void close() {
        prober.shutdownNow();
        threads.shutdownNow();
    }
}
