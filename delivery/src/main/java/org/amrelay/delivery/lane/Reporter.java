// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.dsn.Notice;
import org.amrelay.delivery.dsn.NoticeWriter;
import org.amrelay.delivery.queue.Cancellation;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.mail.recipient.RecipientState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the ends of attempts to the store, with the notices to senders, and does not let go until they are durable.
 *
 * <p>A report that the store cannot take is offered again after a growing time: to forget it would mean to deliver twice.
 * For the engine's thread; messages that are quoted in notices are read on the blocking executor.
 */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private final DeliveryStore store;
    private final NoticeWriter writer;
    private final DoubtPolicy inDoubt;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final EventExecutor executor;
    private final Executor blocking;
    private int open;

    Reporter(
            DeliveryStore store,
            DeliverySettings settings,
            InstantSource clock,
            RandomGenerator random,
            EventExecutor executor,
            Executor blocking) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.executor = executor;
        this.blocking = blocking;
        this.writer = new NoticeWriter(settings.notices(), random);
        this.inDoubt = settings.inDoubt();
    }

    void report(
            QueuedDelivery delivery,
            List<Fate> fates,
            Optional<Instant> notBefore,
            RetrySchedule schedule,
            Runnable whenDurable) {
        Instant now = clock.instant();
        Conclusion conclusion = Conclusion.of(delivery, fates, now, notBefore, schedule, inDoubt, random);
        report(delivery, conclusion, now, true, whenDurable);
    }

    /** Says of a delivery that gets no attempt what its schedule wants said: the delay, or the end. */
    void reportUntried(QueuedDelivery delivery, List<Fate> fates, RetrySchedule schedule) {
        Instant now = clock.instant();
        Conclusion conclusion = Conclusion.of(delivery, fates, now, Optional.empty(), schedule, inDoubt, random);
        report(delivery, conclusion, now, false, () -> {});
    }

    /** Ends what an operator has cancelled. */
    void cancel(Cancellation cancellation, Runnable whenDurable) {
        Instant now = clock.instant();
        report(cancellation.delivery(), Conclusion.cancelled(cancellation, now), now, true, whenDurable);
    }

    private void report(
            QueuedDelivery delivery, Conclusion conclusion, Instant now, boolean attempted, Runnable whenDurable) {
        open++;
        log(delivery, conclusion);
        if (conclusion.notices().isEmpty() || delivery.envelope().sender().isNull()) {
            store(draft(delivery, now, conclusion, attempted, List.of()), whenDurable, FIRST_WAIT_MILLIS);
            return;
        }
        blocking.execute(() -> {
            List<NewMail> mails = write(delivery, conclusion, now);
            DeliveryReport report = draft(delivery, now, conclusion, attempted, mails);
            executor.execute(() -> store(report, whenDurable, FIRST_WAIT_MILLIS));
        });
    }

    private List<NewMail> write(QueuedDelivery delivery, Conclusion conclusion, Instant now) {
        List<NewMail> mails = new ArrayList<>();
        for (Notice notice : conclusion.notices()) {
            try {
                writer.write(notice, delivery, now).ifPresent(mails::add);
            } catch (IOException e) {
                LOG.warn("{}: the notice to the sender quotes nothing: {}", delivery.mailName(), e.getMessage());
                writer.writeWithoutOriginal(notice, delivery, now).ifPresent(mails::add);
            }
        }
        return mails;
    }

    private static DeliveryReport draft(
            QueuedDelivery delivery, Instant now, Conclusion conclusion, boolean attempted, List<NewMail> notices) {
        return new DeliveryReport(
                delivery.id(),
                now,
                conclusion.outcomes(),
                conclusion.nextAttemptAt(),
                // Without an attempt the delay was the reason to look; who wants no notice of it is not looked at again
                conclusion.tellsOfDelay() || !attempted,
                attempted,
                notices);
    }

    private void store(DeliveryReport report, Runnable whenDurable, long waitMillis) {
        store.report(report)
                .whenCompleteAsync((done, error) -> stored(report, whenDurable, waitMillis, error), executor);
    }

    private void stored(DeliveryReport report, Runnable whenDurable, long waitMillis, @Nullable Throwable error) {
        if (error == null) {
            open--;
            whenDurable.run();
        } else if (isRefused(error)) {
            // A repetition would be refused again and hold a place in the lane for ever
            LOG.error("the store refuses the end of delivery {}", report.deliveryId(), error);
            open--;
            whenDurable.run();
        } else {
            LOG.warn(
                    "the end of delivery {} could not be stored, again in {} ms",
                    report.deliveryId(),
                    waitMillis,
                    error);
            long next = Math.min(2 * waitMillis, LONGEST_WAIT_MILLIS);
            executor.schedule(() -> store(report, whenDurable, next), waitMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isRefused(Throwable error) {
        return error instanceof IllegalStateException
                || (error instanceof CompletionException && error.getCause() instanceof IllegalStateException);
    }

    private static void log(QueuedDelivery delivery, Conclusion conclusion) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        for (int i = 0; i < conclusion.outcomes().size(); i++) {
            var outcome = conclusion.outcomes().get(i);
            LOG.info(
                    "{}: {} {}{} by {} {}",
                    delivery.mailName(),
                    delivery.recipients().get(i).recipient().address(),
                    outcome.state(),
                    outcome.inDoubt() ? " (in doubt)" : "",
                    outcome.peer().isEmpty() ? delivery.nextHop() : outcome.peer(),
                    outcome.state() == RecipientState.QUEUED
                            ? outcome.reply() + ", again at " + conclusion.nextAttemptAt()
                            : outcome.reply());
        }
    }

    /** Reports that are not durable yet. */
    int open() {
        return open;
    }
}
