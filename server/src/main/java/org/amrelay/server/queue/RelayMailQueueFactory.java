// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.inject.Inject;
import org.amrelay.storage.spool.Spool;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;

/**
 * James' mail queues on our spool; the ledger accounts for the mail of the one that is named {@link Spool#MAIN}.
 *
 * <p>The prefetch count has no meaning here: a subscriber gets what it asked for. Safe for several threads.
 */
public final class RelayMailQueueFactory implements MailQueueFactory<RelayMailQueue> {
    private final Spool spool;
    private final OpenItems openItems;
    private final Arrivals arrivals;
    private final MailQueueItemDecoratorFactory decorators;
    private final Clock clock;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final ConcurrentMap<MailQueueName, RelayMailQueue> queues = new ConcurrentHashMap<>();

    @Inject
    public RelayMailQueueFactory(
            Spool spool,
            OpenItems openItems,
            Arrivals arrivals,
            MailQueueItemDecoratorFactory decorators,
            Clock clock,
            MetricFactory metrics,
            GaugeRegistry gauges) {
        this.spool = spool;
        this.openItems = openItems;
        this.arrivals = arrivals;
        this.decorators = decorators;
        this.clock = clock;
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    public Optional<RelayMailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        Optional<RelayMailQueue> known = Optional.ofNullable(queues.get(name));
        return known.isPresent() || !spool.queues().contains(name.asString())
                ? known
                : Optional.of(createQueue(name, count));
    }

    @Override
    public RelayMailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return queues.computeIfAbsent(name, this::open);
    }

    private RelayMailQueue open(MailQueueName name) {
        RelayMailQueue queue = new RelayMailQueue(name, spool, openItems, arrivals, decorators, clock, metrics);
        gauges.register(MailQueue.QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), queue::getSize);
        return queue;
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        Set<MailQueueName> names = new HashSet<>(queues.keySet());
        spool.queues().forEach(name -> names.add(MailQueueName.of(name)));
        return names;
    }
}
