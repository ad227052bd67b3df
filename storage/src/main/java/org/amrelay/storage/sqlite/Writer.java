// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one who writes: takes what has lined up, runs it in one transaction, syncs once, and tells all callers.
 *
 * <p>A batch ends when the line is empty or the batch is full, so one caller alone pays one sync and a thousand share one.
 * When a write of a batch is at fault (a bug, a missing row), the batch is rolled back and each write runs alone, so that
 * only the culprit fails. When the disk is at fault, all of the batch fail and the connection is opened anew.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long BATCH_BYTES = 8L << 20;

    private final Connections connections;
    private final Faults faults;
    private final int batchWrites;
    private final WriteQueue queue;
    private final Thread thread;
    private final ExecutorService completing;
    private final AtomicLong commits = new AtomicLong();
    private volatile long broken;
    private @Nullable Statements open;

    Writer(Connections connections, SqliteSettings settings, Faults faults) throws SQLException {
        this.connections = connections;
        this.faults = faults;
        this.batchWrites = settings.batchWrites();
        this.queue = new WriteQueue(settings.queuedWrites(), settings.queuedBytes(), settings.patience());
        this.open = connections.writer();
        this.completing = Executors.newSingleThreadExecutor(task -> daemon(task, "amr-storage-done"));
        this.thread = daemon(this::work, "amr-storage-writer");
        thread.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Lines a write up.
     *
     * @param weight bytes it holds in memory until it is written
     * @param afterCommit runs on the writer thread before the next transaction; must be quick and must not throw
     * @return completes when durable, on a thread of its own; fails with {@link StorageUnavailable} or with the bug
     */
    <T> CompletableFuture<T> submit(long weight, Write<T> write, Consumer<? super T> afterCommit) {
        PendingWrite<T> pending = new PendingWrite<>(weight, write, afterCommit);
        try {
            queue.put(pending);
        } catch (StorageUnavailable e) {
            pending.fail(e);
        }
        return pending.stage();
    }

    /** How many transactions have been synced. */
    long commits() {
        return commits.get();
    }

    /** How many transactions the disk has refused since the last one that it took; 0 when all is well. */
    long refusals() {
        return broken;
    }

    private void work() {
        while (!queue.isClosedAndEmpty()) {
            PendingWrite<?> first = queue.take();
            try {
                if (first != null) {
                    batch(first);
                }
            } catch (RuntimeException | Error e) {
                LOG.error("a bug in what follows a commit; the tables are right, memory is right after a restart", e);
            }
        }
    }

    private void batch(PendingWrite<?> first) {
        List<PendingWrite<?>> batch = new ArrayList<>();
        try {
            Statements tables = begin();
            long bytes = 0;
            PendingWrite<?> next = first;
            while (next != null) {
                batch.add(next);
                bytes += next.weight();
                next.run(tables);
                next = batch.size() < batchWrites && bytes < BATCH_BYTES ? queue.poll() : null;
            }
            commit(tables);
        } catch (SQLException | IOException e) {
            if (batch.isEmpty()) {
                batch.add(first);
            }
            rollBack();
            refused(batch, e);
            return;
        } catch (RuntimeException | Error e) {
            rollBack();
            alone(batch);
            return;
        }
        settle(batch);
    }

    private Statements begin() throws SQLException, IOException {
        if (open == null) {
            open = connections.writer();
        }
        faults.at(Faults.Point.WRITE);
        open.update("BEGIN IMMEDIATE");
        return open;
    }

    private void commit(Statements tables) throws SQLException, IOException {
        faults.at(Faults.Point.SYNC);
        tables.update("COMMIT");
        commits.incrementAndGet();
        if (broken > 0) {
            LOG.info("the disk takes writes again after {} refused transactions", broken);
            broken = 0;
        }
    }

    private void rollBack() {
        try {
            if (open != null) {
                open.update("ROLLBACK");
            }
        } catch (SQLException e) {
            // SQLite has rolled back by itself after most errors; a new connection makes sure.
            LOG.debug("rolled back already: {}", e.getMessage());
            reopen();
        }
    }

    private void reopen() {
        try (Statements old = open) {
            open = null;
            LOG.debug("the writer's connection {} is opened anew", old);
        } catch (SQLException e) {
            LOG.warn("the writer's connection does not close: {}", e.getMessage());
        }
    }

    /** Decides who of a refused batch fails; a full disk may still take the small ones. */
    private void refused(List<PendingWrite<?>> batch, Exception e) {
        boolean culpritInside =
                e instanceof SQLException sql && (!Connections.isTrouble(sql) || Connections.isFull(sql));
        if (culpritInside && batch.size() > 1) {
            alone(batch);
            return;
        }
        if (!(e instanceof SQLException sql && Connections.isFull(sql))) {
            reopen();
        }
        countRefusal(e);
        failAll(batch, new StorageUnavailable("the disk refused a write: " + e.getMessage(), e));
    }

    private void countRefusal(Exception e) {
        long before = broken;
        broken = before + 1;
        if (before == 0) {
            LOG.error("the disk refused a write; new mail gets a temporary answer until it takes writes again", e);
        }
    }

    private void alone(List<PendingWrite<?>> batch) {
        for (PendingWrite<?> write : batch) {
            try {
                Statements tables = begin();
                write.run(tables);
                commit(tables);
                settle(List.of(write));
            } catch (SQLException | IOException e) {
                rollBack();
                countRefusal(e);
                failAll(List.of(write), new StorageUnavailable("the disk refused a write: " + e.getMessage(), e));
            } catch (RuntimeException | Error e) {
                // Also an OutOfMemoryError: without this thread nobody would ever be answered again.
                rollBack();
                failAll(List.of(write), e);
            }
        }
    }

    private void settle(List<PendingWrite<?>> batch) {
        batch.forEach(PendingWrite::committed);
        completing.execute(() -> batch.forEach(PendingWrite::complete));
    }

    private void failAll(List<PendingWrite<?>> batch, Throwable cause) {
        completing.execute(() -> batch.forEach(write -> write.fail(cause)));
    }

    /** Writes what has lined up, then ends. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            completing.shutdown();
            if (!completing.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("callers still work on what storage told them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mergeLog();
        reopen();
    }

    /** So that the next start finds nothing to recover. */
    private void mergeLog() {
        try {
            if (open != null) {
                open.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
            }
        } catch (SQLException e) {
            LOG.warn("the write-ahead log is merged at the next start: {}", e.getMessage());
        }
    }
}
