// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.repository.RepositoryStore;

/** Repositories that keep nothing; what processing puts into one is noted with the mail, as always. */
final class EmptyRepositories implements Repositories {
    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<String> urls() {
        return List.of();
    }

    @Override
    public CompletionStage<Void> create(String url) {
        return done();
    }

    @Override
    public CompletionStage<Void> store(RepositoryStore mail) {
        return done();
    }

    @Override
    public Optional<StoredMail> retrieve(String url, String key) {
        return Optional.empty();
    }

    @Override
    public List<String> keys(String url, String after, int limit) {
        return List.of();
    }

    @Override
    public long size(String url) {
        return 0;
    }

    @Override
    public CompletionStage<Void> remove(String url, Collection<String> keys) {
        return done();
    }

    @Override
    public CompletionStage<Void> removeAll(String url) {
        return done();
    }
}
