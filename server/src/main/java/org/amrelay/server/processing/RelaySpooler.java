// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.amrelay.server.queue.Arrivals;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.mailetcontainer.api.jmx.MailSpoolerMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that take mail from the spool and have it processed, in the place of James' spooler.
 *
 * <p>A thread goes on with the next mail while the outcome of the last is being written; when too many wait for the disk,
 * it waits too. Start and stop by one thread; the counts by any.
 */
public final class RelaySpooler implements MailSpoolerMBean {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelaySpooler.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Spool spool;
    private final Arrivals arrivals;
    private final OpenItems openItems;
    private final ItemProcessing processing;
    private final SpoolerSettings settings;
    private final Clock clock;
    private final Semaphore unwritten;
    /** One permit for each arrival that no thread has looked at, so that an arrival wakes one thread and not all. */
    private final Semaphore arrived = new Semaphore(0);

    private final Runnable arrival = this::arrived;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    @Inject
    RelaySpooler(
            Spool spool,
            Arrivals arrivals,
            OpenItems openItems,
            ItemProcessing processing,
            SpoolerSettings settings,
            Clock clock) {
        this.spool = spool;
        this.arrivals = arrivals;
        this.openItems = openItems;
        this.processing = processing;
        this.settings = settings;
        this.clock = clock;
        this.unwritten = new Semaphore(settings.mostUnwritten());
    }

    /** Starts the threads; what waits in the spool is taken at once. */
    public void start() {
        arrivals.add(Spool.MAIN, arrival);
        for (int i = 1; i <= settings.threads(); i++) {
            Thread thread = new Thread(this::work, "spooler-" + i);
            threads.add(thread);
            thread.start();
        }
        LOGGER.info("{} threads process the spool, in which {} mails wait", threads.size(), spool.size(Spool.MAIN));
    }

    /**
     * Ends the threads: the mails in processing get some seconds, then they are interrupted and left for the next start.
     * Returns when all outcomes are written or the time is over.
     */
    @PreDestroy
    public void stop() {
        stopping = true;
        arrivals.remove(Spool.MAIN, arrival);
        arrived.release(threads.size());
        long until = System.nanoTime() + GRACE.toNanos();
        threads.forEach(thread -> join(thread, until - System.nanoTime()));
        threads.stream().filter(Thread::isAlive).forEach(Thread::interrupt);
        threads.forEach(thread -> join(thread, TimeUnit.SECONDS.toNanos(1)));
        threads.clear();
        try {
            if (unwritten.tryAcquire(settings.mostUnwritten(), GRACE.toSeconds(), TimeUnit.SECONDS)) {
                unwritten.release(settings.mostUnwritten());
            } else {
                LOGGER.warn("some outcomes are not written; their mails are processed again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread, long nanos) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrived() {
        if (arrived.availablePermits() < settings.threads()) {
            arrived.release();
        }
    }

    private void work() {
        try {
            while (!stopping) {
                unwritten.acquire();
                step();
            }
        } catch (InterruptedException e) {
            LOGGER.debug("{} ends", Thread.currentThread().getName());
        }
    }

    private void step() throws InterruptedException {
        Optional<SpoolItem> item;
        try {
            item = spool.take(Spool.MAIN, clock.instant());
        } catch (StorageUnavailable e) {
            LOGGER.warn("nothing can be taken from the spool now: {}", e.getMessage());
            unwritten.release();
            TimeUnit.SECONDS.sleep(1);
            return;
        }
        if (item.isPresent()) {
            processing.process(item.get()).whenComplete((done, never) -> unwritten.release());
        } else {
            unwritten.release();
            sleep();
        }
    }

    private void sleep() throws InterruptedException {
        Duration wait = spool.nextDueAt(Spool.MAIN).map(this::untilDue).orElse(LONGEST_SLEEP);
        boolean woken = arrived.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
        LOGGER.trace("awake, by an arrival: {}", woken);
    }

    private Duration untilDue(Instant due) {
        Duration wait = Duration.between(clock.instant(), due);
        return wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
    }

    @Override
    public int getThreadCount() {
        return settings.threads();
    }

    /** How many mails are in processing now. */
    @Override
    public int getCurrentSpoolCount() {
        return openItems.count();
    }
}
