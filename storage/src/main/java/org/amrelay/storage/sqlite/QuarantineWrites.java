// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amrelay.storage.failure.StorageUnavailable;

/** Waits for what is being written for people. */
final class QuarantineWrites {
    private static final long PATIENCE_SECONDS = 60;

    private QuarantineWrites() {}

    /** @throws StorageUnavailable when the disk refuses or takes too long */
    static <T> T await(CompletableFuture<T> written) {
        try {
            return written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted while waiting for the disk", e);
        } catch (TimeoutException e) {
            throw new StorageUnavailable("the disk takes longer than " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageUnavailable unavailable) {
                throw unavailable;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
