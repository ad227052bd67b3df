// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A write with its place in line.
 *
 * <p>Belongs to the writer thread once it is lined up.
 */
final class PendingWrite<T> {
    private final long weight;
    private final Write<T> write;
    private final Consumer<? super T> afterCommit;
    private final CompletableFuture<T> stage = new CompletableFuture<>();
    private @Nullable T result;

    PendingWrite(long weight, Write<T> write, Consumer<? super T> afterCommit) {
        this.weight = weight;
        this.write = write;
        this.afterCommit = afterCommit;
    }

    long weight() {
        return weight;
    }

    CompletableFuture<T> stage() {
        return stage;
    }

    void run(Statements tables) throws SQLException {
        result = write.run(tables);
    }

    /** On the writer thread: memory follows the tables, before the next transaction. */
    @SuppressWarnings("NullAway") // T may be Void, whose only value is null
    void committed() {
        afterCommit.accept(result);
    }

    /** On the completing thread: the callers learn of it. */
    @SuppressWarnings("NullAway") // T may be Void, whose only value is null
    void complete() {
        stage.complete(result);
    }

    void fail(Throwable cause) {
        stage.completeExceptionally(cause);
    }
}
