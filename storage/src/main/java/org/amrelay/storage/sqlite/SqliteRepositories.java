// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.repository.RepositoryStore;

/** Mail repositories, rows in {@code repository} and {@code repository_mail}. */
final class SqliteRepositories implements Repositories {
    private static final int PAGE = 200;

    private final Writer writer;
    private final Readers readers;
    private final Space space;
    private final Bodies bodies;
    private final RepositoryRows rows;

    SqliteRepositories(Parts parts, RepositoryRows rows) {
        this.writer = parts.writer();
        this.readers = parts.readers();
        this.space = parts.space();
        this.bodies = parts.bodies();
        this.rows = rows;
    }

    @Override
    public List<String> urls() {
        return readers.read(rows::urls);
    }

    @Override
    public CompletionStage<Void> create(String url) {
        return writer.submit(0, tables -> rows.create(tables, url), id -> {}).thenRun(() -> {});
    }

    @Override
    public CompletionStage<Void> store(RepositoryStore mail) {
        PreparedStore prepared;
        try {
            space.requireRoom();
            prepared = rows.prepare(mail);
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
        Write<PreparedStore> write = tables -> {
            rows.write(tables, prepared);
            return prepared;
        };
        return writer.submit(prepared.body().weight(), write, rows::committed)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        bodies.forget(prepared.id());
                    }
                })
                .thenRun(() -> {});
    }

    @Override
    public Optional<StoredMail> retrieve(String url, String key) {
        return readers.read(tables -> rows.find(tables, url, key));
    }

    @Override
    public List<String> keys(String url, String after, int limit) {
        return readers.read(tables -> rows.keys(tables, url, after, limit));
    }

    @Override
    public long size(String url) {
        return readers.read(tables -> rows.size(tables, url));
    }

    @Override
    public CompletionStage<Void> remove(String url, Collection<String> keys) {
        List<String> wanted = List.copyOf(keys);
        Write<List<Long>> write = tables -> {
            List<Long> gone = new ArrayList<>();
            for (String key : wanted) {
                rows.delete(tables, url, key).ifPresent(gone::add);
            }
            return gone;
        };
        return writer.submit(0, write, gone -> gone.forEach(bodies::forget)).thenRun(() -> {});
    }

    /** Page by page on the caller's thread, so that mail goes on meanwhile. */
    @Override
    public CompletionStage<Void> removeAll(String url) {
        CompletableFuture<Void> removed = CompletableFuture.completedFuture(null);
        try {
            List<String> page = keys(url, "", PAGE);
            while (!page.isEmpty()) {
                CompletionStage<Void> next = remove(url, page);
                removed = removed.thenCombine(next, (before, after) -> after);
                page = keys(url, page.get(page.size() - 1), PAGE);
            }
            return removed;
        } catch (StorageUnavailable e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
