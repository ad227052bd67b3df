// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Duration;

/**
 * What can be adjusted about the engine.
 *
 * @param inlineBody bodies up to this size in bytes are kept in the database, larger ones in files
 * @param freshBytes bodies of so many bytes stay in memory between acceptance and delivery, once for the spool and once for
 *     the deliveries
 * @param queuedWrites at most so many writes wait for the writer
 * @param queuedBytes at most so many bytes of bodies wait for the writer
 * @param batchWrites at most so many writes share a transaction
 * @param patience how long a write waits for its place before the queue, and a read for a connection
 * @param reserve new mail is refused when the disk has less space in bytes, so that what is inside can still be finished; 0
 *     switches the check off
 * @param walPages the write-ahead log is merged into the database when it has so many pages
 * @param keepFinished how long the ledger remembers a mail after it was accepted, once all its recipients are final
 */
public record SqliteSettings(
        int inlineBody,
        long freshBytes,
        int queuedWrites,
        long queuedBytes,
        int batchWrites,
        Duration patience,
        long reserve,
        int walPages,
        Duration keepFinished) {
    /** Values that suit a relay with 256 MB of heap or more. */
    public static SqliteSettings defaults() {
        long fresh = Math.min(Runtime.getRuntime().maxMemory() / 16, 256L << 20);
        return new SqliteSettings(
                128 << 10,
                fresh,
                10_000,
                Math.max(fresh, 8L << 20),
                1_000,
                Duration.ofSeconds(10),
                64L << 20,
                4_096,
                Duration.ofDays(30));
    }

    SqliteSettings withReserve(long bytes) {
        return new SqliteSettings(
                inlineBody,
                freshBytes,
                queuedWrites,
                queuedBytes,
                batchWrites,
                patience,
                bytes,
                walPages,
                keepFinished);
    }

    SqliteSettings withFreshBytes(long bytes) {
        return new SqliteSettings(
                inlineBody, bytes, queuedWrites, queuedBytes, batchWrites, patience, reserve, walPages, keepFinished);
    }

    SqliteSettings withInlineBody(int bytes) {
        return new SqliteSettings(
                bytes, freshBytes, queuedWrites, queuedBytes, batchWrites, patience, reserve, walPages, keepFinished);
    }
}
