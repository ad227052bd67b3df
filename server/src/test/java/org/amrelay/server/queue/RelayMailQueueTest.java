// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueueMetricContract;
import org.apache.james.queue.api.MailQueueMetricExtension.MailQueueMetricTestSystem;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayMailQueueTest
        implements DelayedManageableMailQueueContract,
                DelayedPriorityMailQueueContract,
                PriorityManageableMailQueueContract,
                MailQueueMetricContract {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayMailQueue queue;

    @BeforeEach
    void openTheQueue(RelayStorage storage, MailQueueMetricTestSystem metrics) {
        queue = new RelayMailQueueFactory(
                        storage.spool(),
                        new OpenItems(),
                        new Arrivals(storage.spool()),
                        new RawMailQueueItemDecoratorFactory(),
                        Clock.systemUTC(),
                        metrics.getMetricFactory(),
                        metrics.getSpyGaugeRegistry())
                .createQueue(MailQueueName.of("outgoing"));
    }

    @Override
    public ManageableMailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
