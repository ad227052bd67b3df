// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.amrelay.storage.failure.StorageUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * The line in front of the writer, limited in number and in bytes; whoever finds it full waits, which slows the senders.
 *
 * <p>Safe for several threads.
 */
final class WriteQueue {
    private final int limit;
    private final long byteLimit;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasSpace = lock.newCondition();
    private final Condition hasWork = lock.newCondition();
    private final Queue<PendingWrite<?>> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    WriteQueue(int limit, long byteLimit, Duration patience) {
        this.limit = limit;
        this.byteLimit = byteLimit;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Lines up.
     *
     * @throws StorageUnavailable when there is no place in time, or the queue is closed
     */
    void put(PendingWrite<?> write) {
        lock.lock();
        try {
            long left = patienceNanos;
            while (!closed && isFullFor(write)) {
                if (left <= 0) {
                    throw new StorageUnavailable("the disk does not keep up: " + waiting.size() + " writes wait");
                }
                left = hasSpace.awaitNanos(left);
            }
            if (closed) {
                throw new StorageUnavailable("storage is closed");
            }
            waiting.add(write);
            bytes += write.weight();
            hasWork.signal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted while waiting for the disk", e);
        } finally {
            lock.unlock();
        }
    }

    /** One that is heavier than the limit gets in when nothing else waits. */
    private boolean isFullFor(PendingWrite<?> write) {
        return waiting.size() >= limit || (!waiting.isEmpty() && bytes + write.weight() > byteLimit);
    }

    /** The next, or null when there is none at the moment. */
    @Nullable
    PendingWrite<?> poll() {
        lock.lock();
        try {
            PendingWrite<?> write = waiting.poll();
            if (write != null) {
                bytes -= write.weight();
                hasSpace.signalAll();
            }
            return write;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next; null when the queue is closed and empty. */
    @Nullable
    PendingWrite<?> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                boolean signalled = hasWork.await(1, TimeUnit.SECONDS);
                if (!signalled && closed) {
                    break;
                }
            }
            return poll();
        } catch (InterruptedException e) {
            // Only close() ends the writer; an interrupt must not lose what waits.
            return poll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosedAndEmpty() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            hasWork.signalAll();
            hasSpace.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
