// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.amrelay.storage.failure.StorageUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections for reading, each of which sees the last commit.
 *
 * <p>Safe for several threads.
 */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int MOST = 4;

    private final Connections connections;
    private final Duration patience;
    private final Semaphore free = new Semaphore(MOST);
    private final ConcurrentLinkedDeque<Statements> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Connections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /**
     * Reads; several statements of one call may see different commits.
     *
     * @throws StorageUnavailable when the disk fails or no connection is free in time
     */
    <T> T read(Write<T> reading) {
        acquire();
        Statements statements = idle.pollFirst();
        try {
            if (statements == null) {
                statements = connections.reader();
            }
            T found = reading.run(statements);
            idle.addFirst(statements);
            return found;
        } catch (SQLException e) {
            closeQuietly(statements);
            throw new StorageUnavailable("the disk refused to read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeQuietly(statements);
            throw e;
        } finally {
            free.release();
        }
    }

    /** The same in one snapshot. */
    <T> T readSnapshot(Write<T> reading) {
        return read(statements -> {
            statements.update("BEGIN");
            try {
                return reading.run(statements);
            } finally {
                statements.update("COMMIT");
            }
        });
    }

    private void acquire() {
        if (closed) {
            throw new StorageUnavailable("storage is closed");
        }
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable("too many read at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted while waiting to read", e);
        }
    }

    private static void closeQuietly(@Nullable Statements statements) {
        try {
            if (statements != null) {
                statements.close();
            }
        } catch (SQLException e) {
            LOG.debug("a reading connection does not close: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        if (!tryAll()) {
            LOG.warn("somebody still reads; the connection is closed with the process");
        }
        Statements statements = idle.pollFirst();
        while (statements != null) {
            closeQuietly(statements);
            statements = idle.pollFirst();
        }
    }

    /** Waits for those who read. */
    private boolean tryAll() {
        try {
            return free.tryAcquire(MOST, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
