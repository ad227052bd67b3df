// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.mail.MessagingException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Mail;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * One of James' mail queues on our spool.
 *
 * <p>A mail that is put into the queue while a spool item is being processed becomes durable with that item, or never;
 * otherwise {@link #enQueue} returns, and {@link #enqueueReactive} completes, when it is durable. Safe for several
 * threads; blocking calls wait at most {@link #LONGEST_WAIT}.
 */
public final class RelayMailQueue implements ManageableMailQueue {
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Further than this no calendar in storage has to reach. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final int LOWEST_PRIORITY = MailPrioritySupport.LOW_PRIORITY;
    private static final int HIGHEST_PRIORITY = MailPrioritySupport.HIGH_PRIORITY;

    private final MailQueueName name;
    private final Spool spool;
    private final OpenItems openItems;
    private final Arrivals arrivals;
    private final MailQueueItemDecoratorFactory decorators;
    private final Clock clock;
    private final MetricFactory metrics;
    private final Metric enqueued;
    private final Metric dequeued;

    RelayMailQueue(
            MailQueueName name,
            Spool spool,
            OpenItems openItems,
            Arrivals arrivals,
            MailQueueItemDecoratorFactory decorators,
            Clock clock,
            MetricFactory metrics) {
        this.name = name;
        this.spool = spool;
        this.openItems = openItems;
        this.arrivals = arrivals;
        this.decorators = decorators;
        this.clock = clock;
        this.metrics = metrics;
        this.enqueued = metrics.generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = metrics.generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        put(mail, Instant.EPOCH);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        put(mail, dueAfter(delay));
    }

    private Instant dueAfter(Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            return Instant.EPOCH;
        }
        try {
            Instant due = clock.instant().plus(delay);
            return due.isBefore(NEVER) ? due : NEVER;
        } catch (DateTimeException | ArithmeticException tooFar) {
            return NEVER;
        }
    }

    private void put(Mail mail, Instant notBefore) throws MailQueueException {
        TimeMetric timer = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        try {
            Optional<OpenItem> processing = openItems.of(mail);
            if (processing.isPresent()) {
                spawn(processing.get(), mail, notBefore);
            } else {
                await(spool.add(item(mail, notBefore)), mail.getName() + " could not be put into " + name.asString());
            }
            enqueued.increment();
        } finally {
            timer.stopAndPublish();
        }
    }

    private void spawn(OpenItem processing, Mail mail, Instant notBefore) throws MailQueueException {
        try {
            processing.spawn(item(mail, notBefore));
        } catch (MailQueueException e) {
            // Some of James' mailets go on after they could not send a mail, and would lose it
            processing.fail(mail.getName() + " could not be sent: " + e);
            throw e;
        }
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.defer(() -> {
            TimeMetric timer = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
            try {
                Optional<OpenItem> processing = openItems.of(mail);
                if (processing.isPresent()) {
                    spawn(processing.get(), mail, Instant.EPOCH);
                    return Mono.<Void>empty();
                }
                return Mono.fromCompletionStage(spool.add(item(mail, Instant.EPOCH)))
                        .doOnSuccess(id -> enqueued.increment())
                        .doFinally(signal -> timer.stopAndPublish())
                        .then();
            } catch (MailQueueException | StorageUnavailable e) {
                return Mono.error(e);
            }
        });
    }

    private NewSpoolItem item(Mail mail, Instant notBefore) throws MailQueueException {
        try {
            mail.removeAttribute(OpenItems.ITEM);
            return new NewSpoolItem(name.asString(), MailCodec.toStored(mail), priority(mail), notBefore);
        } catch (MessagingException | IllegalArgumentException e) {
            throw new MailQueueException(mail.getName() + " cannot be put into a queue", e);
        }
    }

    private static int priority(Mail mail) {
        int wanted = mail.getAttribute(MailPrioritySupport.MAIL_PRIORITY)
                .flatMap(attribute -> attribute.getValue().valueAs(Integer.class))
                .orElse(MailPrioritySupport.NORMAL_PRIORITY);
        return Math.max(LOWEST_PRIORITY, Math.min(HIGHEST_PRIORITY, wanted));
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return subscriber -> {
            Dequeuing dequeuing = new Dequeuing(spool, name.asString(), arrivals, clock, subscriber, this::opened);
            subscriber.onSubscribe(dequeuing);
        };
    }

    private MailQueueItem opened(SpoolItem item) throws MessagingException {
        dequeued.increment();
        return decorators.decorate(new TakenMail(spool, item, clock), name);
    }

    @Override
    public long getSize() {
        return spool.size(name.asString());
    }

    @Override
    public long flush() throws MailQueueException {
        return await(spool.flush(name.asString()), name.asString() + " could not be flushed");
    }

    @Override
    public long clear() throws MailQueueException {
        return await(spool.clear(name.asString()), name.asString() + " could not be cleared");
    }

    @Override
    public long remove(Type type, String value) throws MailQueueException {
        Predicate<StoredMail> matches = switch (type) {
            case Name -> mail -> mail.name().equals(value);
            case Sender -> mail -> isSender(mail, value);
            case Recipient -> mail -> isRecipient(mail, value);
        };
        return await(
                spool.removeIf(name.asString(), item -> matches.test(item.mail())),
                "mail could not be removed from " + name.asString());
    }

    private static boolean isSender(StoredMail mail, String value) {
        String sender = mail.envelope().sender().toString();
        return sender.isEmpty() ? value.isEmpty() || value.equals("<>") : sender.equalsIgnoreCase(value);
    }

    private static boolean isRecipient(StoredMail mail, String value) {
        return mail.envelope().recipients().stream()
                .map(recipient -> recipient.address())
                .map(EmailAddress::toString)
                .anyMatch(value::equalsIgnoreCase);
    }

    @Override
    public MailQueueIterator browse() {
        return new QueueBrowser(spool, name.asString());
    }

    /** Nothing to give back: the spool is closed with the storage. */
    @Override
    public void close() {}

    static <T> T await(CompletionStage<T> stage, String otherwise) throws MailQueueException {
        try {
            return stage.toCompletableFuture().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new MailQueueException(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailQueueException(otherwise, e);
        }
    }
}
