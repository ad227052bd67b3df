// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.MessagingException;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One subscriber at a queue: takes an item from the spool for each one that was asked for, and never more.
 *
 * <p>Runs on a worker of its own, so a subscriber that blocks holds up itself only. Never completes; ends by
 * cancellation, after which an item that nobody got is given back.
 */
final class Dequeuing implements Subscription, Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dequeuing.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** Makes of the item what the subscriber gets. */
    @FunctionalInterface
    interface Opening {
        MailQueueItem open(SpoolItem item) throws MessagingException;
    }

    private final Spool spool;
    private final String queue;
    private final Arrivals arrivals;
    private final Clock clock;
    private final Subscriber<? super MailQueueItem> subscriber;
    private final Opening opening;
    private final Scheduler.Worker worker = Schedulers.boundedElastic().createWorker();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final Runnable arrival = this::wake;
    private volatile boolean cancelled;

    Dequeuing(
            Spool spool,
            String queue,
            Arrivals arrivals,
            Clock clock,
            Subscriber<? super MailQueueItem> subscriber,
            Opening opening) {
        this.spool = spool;
        this.queue = queue;
        this.arrivals = arrivals;
        this.clock = clock;
        this.subscriber = subscriber;
        this.opening = opening;
        arrivals.add(queue, arrival);
    }

    @Override
    public void request(long count) {
        if (Operators.validate(count)) {
            demand.accumulateAndGet(count, Operators::addCap);
            wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        arrivals.remove(queue, arrival);
        worker.dispose();
    }

    /** Several calls while one run is under way make one more run, so no arrival is missed. */
    private void wake() {
        if (!cancelled && calls.getAndIncrement() == 0) {
            worker.schedule(this);
        }
    }

    @Override
    public void run() {
        int seen = calls.get();
        while (seen != 0 && !cancelled) {
            serve();
            seen = calls.addAndGet(-seen);
        }
    }

    private void serve() {
        while (!cancelled && demand.get() > 0) {
            Optional<SpoolItem> item = take();
            if (item.isEmpty()) {
                return;
            }
            deliver(item.get());
        }
    }

    private Optional<SpoolItem> take() {
        try {
            Optional<SpoolItem> item = spool.take(queue, clock.instant());
            if (item.isEmpty()) {
                spool.nextDueAt(queue).ifPresent(due -> sleep(untilDue(due)));
            }
            return item;
        } catch (StorageUnavailable e) {
            LOGGER.warn("nothing can be taken from {} now: {}", queue, e.getMessage());
            sleep(AFTER_FAILURE);
            return Optional.empty();
        }
    }

    private Duration untilDue(Instant due) {
        Duration wait = Duration.between(clock.instant(), due);
        return wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
    }

    private void sleep(Duration wait) {
        if (!cancelled) {
            worker.schedule(this::wake, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void deliver(SpoolItem item) {
        if (cancelled) {
            spool.unclaim(item.id());
            return;
        }
        try {
            MailQueueItem opened = opening.open(item);
            demand.updateAndGet(asked -> asked == Long.MAX_VALUE ? asked : asked - 1);
            subscriber.onNext(opened);
        } catch (MessagingException unreadable) {
            LOGGER.error(
                    "{} in {} cannot be read back and waits an hour",
                    item.mail().name(),
                    queue,
                    unreadable);
            spool.retry(item.id(), clock.instant().plus(Duration.ofHours(1)), "cannot be read back: " + unreadable);
        }
    }
}
