// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.repository;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.repository.Repositories;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.apache.james.mailrepository.api.Protocol;

/**
 * All mail repositories by their URL, in the place of James' store, loader and URL store.
 *
 * <p>Selecting a repository makes it. Safe for several threads; blocks on the disk.
 */
public final class RelayRepositories implements MailRepositoryStore, MailRepositoryUrlStore {
    private static final Protocol PROTOCOL = new Protocol("relay");

    private final Repositories repositories;
    private final OpenItems openItems;

    @Inject
    public RelayRepositories(Repositories repositories, OpenItems openItems) {
        this.repositories = repositories;
        this.openItems = openItems;
    }

    @Override
    public MailRepository select(MailRepositoryUrl url) throws MailRepositoryStoreException {
        try {
            add(url);
            return repository(url);
        } catch (CompletionException | StorageUnavailable e) {
            throw new MailRepositoryStoreException(url.asString() + " cannot be made now", e);
        }
    }

    @Override
    public Optional<Protocol> defaultProtocol() {
        return Optional.of(PROTOCOL);
    }

    @Override
    public Optional<MailRepository> get(MailRepositoryUrl url) {
        return contains(url) ? Optional.of(repository(url)) : Optional.empty();
    }

    @Override
    public Stream<MailRepository> getByPath(MailRepositoryPath path) {
        return getUrls().filter(url -> url.getPath().equals(path)).map(this::repository);
    }

    @Override
    public Stream<MailRepositoryUrl> getUrls() {
        return listDistinct();
    }

    /** Returns when durable. */
    @Override
    public void add(MailRepositoryUrl url) {
        repositories.create(url.asString()).toCompletableFuture().join();
    }

    @Override
    public Stream<MailRepositoryUrl> listDistinct() {
        return repositories.urls().stream().map(MailRepositoryUrl::from);
    }

    @Override
    public boolean contains(MailRepositoryUrl url) {
        return repositories.urls().contains(url.asString());
    }

    private MailRepository repository(MailRepositoryUrl url) {
        return new RelayMailRepository(url, repositories, openItems);
    }
}
