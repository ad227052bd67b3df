// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.james.TryLaterException;
import org.amrelay.server.queue.MailCodec;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Processes one spool item: everything that came of it in one transaction, or nothing and a later attempt.
 *
 * <p>The calling thread runs the mailets and does not wait for the disk. Safe for several threads.
 */
final class ItemProcessing {
    private static final Logger LOGGER = LoggerFactory.getLogger(ItemProcessing.class);
    /** When storage cannot write, the item is left claimed so long, so that nobody spins on a full disk. */
    private static final Duration WHEN_UNWRITABLE = Duration.ofSeconds(5);

    private final Spool spool;
    private final HandOver handOver;
    private final OpenItems openItems;
    private final MailProcessor processors;
    private final SpoolerSettings settings;
    private final Clock clock;

    @Inject
    ItemProcessing(
            Spool spool,
            HandOver handOver,
            OpenItems openItems,
            MailProcessor processors,
            SpoolerSettings settings,
            Clock clock) {
        this.spool = spool;
        this.handOver = handOver;
        this.openItems = openItems;
        this.processors = processors;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs the mailets for a claimed item.
     *
     * @return completes, never exceptionally, when the claim has ended
     */
    CompletionStage<Void> process(SpoolItem item) {
        OpenItem open = openItems.begin(item);
        MDC.put("mail", item.mail().name());
        try {
            SpoolOutcome outcome = run(open, openItems, processors);
            return handOver.complete(item.id(), outcome).exceptionallyCompose(failure -> notWritten(item, failure));
        } catch (StorageUnavailable unwritable) {
            return notWritten(item, unwritable);
        } catch (Throwable failure) {
            // Everything, because whatever a mailet throws must neither end the thread nor lose the mail
            return failed(item, failure);
        } finally {
            MDC.remove("mail");
            openItems.end(open);
        }
    }

    static SpoolOutcome run(OpenItem open, OpenItems openItems, MailProcessor processors) throws MessagingException {
        Mail mail = MailCodec.toMail(open.item().mail());
        try {
            openItems.attach(mail, open);
            processors.service(mail);
            return open.outcome();
        } finally {
            LifecycleUtil.dispose(mail);
            open.parts().forEach(LifecycleUtil::dispose);
        }
    }

    private CompletionStage<Void> notWritten(SpoolItem item, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return failure instanceof StorageUnavailable ? unclaimLater(item, failure) : failed(item, failure);
    }

    private CompletionStage<Void> failed(SpoolItem item, Throwable failure) {
        if (failure instanceof TryLaterException later && later.isSuspended()) {
            return suspend(item, later);
        }
        int failures = item.attempts() + 1;
        String reason = reason(failure);
        CompletionStage<Void> ended;
        try {
            ended = failures >= settings.mostAttempts() ? keep(item, failures, reason) : retry(item, failures, reason);
        } catch (StorageUnavailable unwritable) {
            ended = CompletableFuture.failedFuture(unwritable);
        }
        if (failure instanceof TryLaterException) {
            LOGGER.warn("{} is tried later (failure {}): {}", item.mail().name(), failures, reason);
        } else {
            LOGGER.error("{} could not be processed (failure {})", item.mail().name(), failures, failure);
        }
        return ended.exceptionallyCompose(unwritable -> unclaimLater(item, unwritable));
    }

    /** Whoever sees that what is missing is back flushes the spool; the time is for when nobody does. */
    private CompletionStage<Void> suspend(SpoolItem item, TryLaterException why) {
        String reason = reason(why);
        LOGGER.info("{} waits: {}", item.mail().name(), reason);
        CompletionStage<Void> ended;
        try {
            ended = spool.suspend(item.id(), clock.instant().plus(why.suspension()), reason);
        } catch (StorageUnavailable unwritable) {
            ended = CompletableFuture.failedFuture(unwritable);
        }
        return ended.exceptionallyCompose(unwritable -> unclaimLater(item, unwritable));
    }

    private CompletionStage<Void> retry(SpoolItem item, int failures, String reason) {
        return spool.retry(item.id(), clock.instant().plus(settings.retryAfter(failures)), reason);
    }

    private CompletionStage<Void> keep(SpoolItem item, int failures, String reason) {
        String why = "the spooler gave up after " + failures + " failures: " + reason;
        LOGGER.error("{} is kept in {}: {}", item.mail().name(), settings.errorRepository(), why);
        StoredMail mail = item.mail();
        StoredMail kept = new StoredMail(
                mail.name(),
                mail.envelope(),
                mail.content(),
                mail.state(),
                Optional.of(why),
                Map.copyOf(mail.attributes()),
                mail.origin(),
                mail.lastUpdated());
        // The number makes the key unique when two mails have the same name
        String key = mail.name() + "-" + item.id();
        RepositoryStore place = new RepositoryStore(settings.errorRepository(), key, kept);
        return handOver.complete(item.id(), OpenItem.quarantined(item, place, why));
    }

    private CompletionStage<Void> unclaimLater(SpoolItem item, Throwable unwritable) {
        LOGGER.warn(
                "storage cannot write the outcome of {} now: {}", item.mail().name(), reason(unwritable));
        return CompletableFuture.runAsync(
                () -> spool.unclaim(item.id()),
                CompletableFuture.delayedExecutor(WHEN_UNWRITABLE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** One line, for the trace. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
