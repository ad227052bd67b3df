// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactoryContract;
import org.apache.james.queue.api.ManageableMailQueueFactoryContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayMailQueueFactoryTest
        implements MailQueueFactoryContract<RelayMailQueue>, ManageableMailQueueFactoryContract<RelayMailQueue> {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayMailQueueFactory factory;

    @BeforeEach
    void makeTheFactory(RelayStorage storage) {
        factory = new RelayMailQueueFactory(
                storage.spool(),
                new OpenItems(),
                new Arrivals(storage.spool()),
                new RawMailQueueItemDecoratorFactory(),
                Clock.systemUTC(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
    }

    @Override
    public MailQueueFactory<RelayMailQueue> getMailQueueFactory() {
        return factory;
    }
}
