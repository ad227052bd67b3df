// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.amrelay.storage.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets finished mails when they are old, so that the ledger does not grow for ever; a little at a time. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int PORTION = 500;
    private static final long MINUTES_BETWEEN = 10;

    private final Ledger ledger;
    private final Duration keepFinished;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "amr-storage-upkeep");
        thread.setDaemon(true);
        return thread;
    });

    Upkeep(Ledger ledger, Duration keepFinished) {
        this.ledger = ledger;
        this.keepFinished = keepFinished;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::forget, MINUTES_BETWEEN, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }

    private void forget() {
        try {
            long all = 0;
            long portion = PORTION;
            while (portion == PORTION && !Thread.currentThread().isInterrupted()) {
                portion = ledger.forgetOlderThan(keepFinished, PORTION)
                        .toCompletableFuture()
                        .orTimeout(1, TimeUnit.MINUTES)
                        .join();
                all += portion;
            }
            LOG.debug("forgot {} finished mails", all);
        } catch (CompletionException e) {
            LOG.warn("old mails are forgotten later: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
