// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.storage.failure.StorageUnavailable;

/** Refuses new mail while there is still space to finish the mail that is inside; asks the disk twice a second at most. */
final class Space {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path directory;
    private final long reserve;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - PERIOD);
    private volatile long usable = Long.MAX_VALUE;

    Space(Path directory, long reserve) {
        this.directory = directory;
        this.reserve = reserve;
    }

    /** @throws StorageUnavailable when the reserve would be touched */
    void requireRoom() {
        if (reserve <= 0) {
            return;
        }
        long now = System.nanoTime();
        long before = askedAt.get();
        if (now - before >= PERIOD && askedAt.compareAndSet(before, now)) {
            try {
                usable = Files.getFileStore(directory).getUsableSpace();
            } catch (IOException e) {
                throw new StorageUnavailable("cannot ask the disk for its space: " + e.getMessage(), e);
            }
        }
        if (usable < reserve) {
            throw new StorageUnavailable(
                    "the disk has " + (usable >> 20) + " MB left, of which " + (reserve >> 20) + " MB are kept free");
        }
    }
}
