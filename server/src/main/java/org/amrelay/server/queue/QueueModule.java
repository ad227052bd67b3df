// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailQuarantine;
import org.amrelay.james.MessageBytes;
import org.amrelay.james.MessageViews;
import org.amrelay.james.Postponement;
import org.amrelay.james.RecipientFates;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;

/**
 * Queues on our storage, and the ports through which our mailets hand over, note fates and postpone.
 *
 * <p>Needs beside it a {@link RelayStorage}, a {@link org.amrelay.authentication.dkim.SignatureProvider}, a {@link java.time.Clock} and James' metrics.
 */
public final class QueueModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(OpenItems.class).in(Scopes.SINGLETON);
        bind(SignedMessages.class).in(Scopes.SINGLETON);
        bind(DeliveryHandOver.class).to(SignedMessages.class);
        bind(MessageBytes.class).to(SignedMessages.class);
        bind(MessageViews.class).in(Scopes.SINGLETON);
        bind(RecipientFates.class).to(OpenItems.class);
        bind(MailQuarantine.class).to(QuarantineIntake.class).in(Scopes.SINGLETON);
        bind(Postponement.class).toInstance(Postponement.rollBack());
        bind(Arrivals.class).in(Scopes.SINGLETON);
        bind(RelayMailQueueFactory.class).in(Scopes.SINGLETON);
        bind(MailQueueItemDecoratorFactory.class)
                .to(RawMailQueueItemDecoratorFactory.class)
                .in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    Spool spool(RelayStorage storage) {
        return storage.spool();
    }

    @Provides
    @Singleton
    GreylistStore greylist(RelayStorage storage) {
        return storage.greylist();
    }

    @Provides
    @Singleton
    HandOver handOver(RelayStorage storage) {
        return storage.handOver();
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends ManageableMailQueue> manageableQueues(RelayMailQueueFactory queues) {
        return queues;
    }

    @Provides
    @Singleton
    MailQueueFactory<?> anyQueues(RelayMailQueueFactory queues) {
        return queues;
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends MailQueue> queues(RelayMailQueueFactory queues) {
        return queues;
    }
}
