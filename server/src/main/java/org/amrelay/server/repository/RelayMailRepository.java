// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.repository;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.amrelay.server.queue.MailCodec;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.repository.RepositoryStore;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;

/**
 * One mail repository; the key of a mail is its name.
 *
 * <p>Changes return when they are durable, but {@link #store} during processing only notes. Safe for several threads.
 */
public final class RelayMailRepository implements MailRepository {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int PAGE = 500;

    private final String url;
    private final Repositories repositories;
    private final OpenItems openItems;

    RelayMailRepository(MailRepositoryUrl url, Repositories repositories, OpenItems openItems) {
        this.url = url.asString();
        this.repositories = repositories;
        this.openItems = openItems;
    }

    @Override
    public MailKey store(Mail mail) throws MessagingException {
        MailKey key = MailKey.forMail(mail);
        Optional<OpenItem> processing = openItems.of(mail);
        RepositoryStore stored = new RepositoryStore(url, key.asString(), MailCodec.toStored(mail));
        if (processing.isPresent()) {
            processing.get().store(stored);
        } else {
            await(repositories.store(stored));
        }
        return key;
    }

    /** The mail, or null when there is none, as James' interface asks. */
    @Override
    public @Nullable Mail retrieve(MailKey key) throws MessagingException {
        Optional<StoredMail> stored = read(() -> repositories.retrieve(url, key.asString()));
        return stored.isPresent() ? MailCodec.toMail(stored.get()) : null;
    }

    @Override
    public Iterator<MailKey> list() throws MessagingException {
        return read(() -> Stream.iterate(
                        repositories.keys(url, "", PAGE),
                        page -> !page.isEmpty(),
                        page -> repositories.keys(url, page.get(page.size() - 1), PAGE))
                .flatMap(List::stream)
                .map(MailKey::new)
                .iterator());
    }

    @Override
    public long size() throws MessagingException {
        return read(() -> repositories.size(url));
    }

    @Override
    public void remove(MailKey key) throws MessagingException {
        remove(List.of(key));
    }

    @Override
    public void remove(Collection<MailKey> keys) throws MessagingException {
        await(repositories.remove(url, keys.stream().map(MailKey::asString).toList()));
    }

    @Override
    public void removeAll() throws MessagingException {
        await(repositories.removeAll(url));
    }

    private interface Reading<T> {
        T read();
    }

    private <T> T read(Reading<T> reading) throws MessagingException {
        try {
            return reading.read();
        } catch (StorageUnavailable e) {
            throw new MessagingException(url + " cannot be read now", e);
        }
    }

    private void await(CompletionStage<Void> stage) throws MessagingException {
        try {
            stage.toCompletableFuture().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new MessagingException(url + " cannot be changed now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException(url + " cannot be changed now", e);
        }
    }
}
