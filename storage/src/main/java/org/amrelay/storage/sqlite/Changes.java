// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.storage.failure.StorageUnavailable;

/** Writes of administrators, who wait for them. */
final class Changes {
    private static final long PATIENCE_SECONDS = 60;

    private final Writer writer;

    Changes(Writer writer) {
        this.writer = writer;
    }

    /**
     * Deletes what is older than that, and waits until it is durable.
     *
     * @param statements each with the time as its only parameter
     * @return how many rows the last one has deleted
     */
    long forget(Instant end, String... statements) {
        AtomicLong forgotten = new AtomicLong();
        write(
                tables -> {
                    for (String statement : statements) {
                        forgotten.set(tables.update(statement, end.toEpochMilli()));
                    }
                    return true;
                },
                () -> {});
        return forgotten.get();
    }

    /**
     * Writes and waits until it is durable.
     *
     * @param inMemory follows on the writer thread when the answer was true
     * @throws StorageUnavailable when the disk refuses or takes too long
     */
    boolean write(Write<Boolean> write, Runnable inMemory) {
        try {
            return writer.<Boolean>submit(0, write, changed -> {
                        if (changed) {
                            inMemory.run();
                        }
                    })
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
