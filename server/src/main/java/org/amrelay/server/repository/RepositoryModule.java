// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.repository;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.repository.Repositories;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;

/**
 * Mail repositories on our storage, in the place of James' {@code MailStoreRepositoryModule}.
 *
 * <p>Needs beside it {@link org.amrelay.server.queue.QueueModule} and a {@link RelayStorage}.
 */
public final class RepositoryModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RelayRepositories.class).in(Scopes.SINGLETON);
        bind(MailRepositoryStore.class).to(RelayRepositories.class);
        bind(MailRepositoryUrlStore.class).to(RelayRepositories.class);
    }

    @Provides
    @Singleton
    Repositories repositories(RelayStorage storage) {
        return storage.repositories();
    }
}
