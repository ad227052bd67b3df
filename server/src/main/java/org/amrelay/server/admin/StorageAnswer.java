// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amrelay.storage.failure.StorageUnavailable;

/** Waits for the storage, as somebody at a terminal does. */
final class StorageAnswer {
    private static final long WAIT_SECONDS = 30;

    private StorageAnswer() {}

    /** @throws StorageUnavailable when it takes too long, or refuses */
    static <T> T of(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted before storage answered", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StorageUnavailable("storage could not do it: " + failed.getMessage(), failed);
        }
    }
}
