// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.signing;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.authentication.keys.StoredKey;
import org.amrelay.mail.dns.Dns;
import org.amrelay.storage.RelayStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes keys for domains that have none and takes rotations further, on a thread of its own.
 *
 * <p>A domain without a dot, such as {@code localhost}, gets no keys: nobody could look them up. Safe for several threads.
 */
public final class KeyUpkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(KeyUpkeep.class);
    private static final long MINUTES_BETWEEN = 10;

    private final DkimKeys keys;
    private final RelayStorage storage;
    private final Dns dns;
    private final NativeSignatures signatures;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "amr-dkim");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    });

    @Inject
    KeyUpkeep(DkimKeys keys, RelayStorage storage, Dns dns, NativeSignatures signatures) {
        this.keys = keys;
        this.storage = storage;
        this.dns = dns;
        this.signatures = signatures;
    }

    /** Begins; returns at once. */
    public void start() {
        thread.execute(signatures::load);
        thread.scheduleWithFixedDelay(this::round, 0, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }

    /** Lets what is under way end for a moment. */
    public void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                LOGGER.debug("a key is still being made; it is not kept");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A domain is new here and shall have keys soon. */
    public void domainAdded(String domain) {
        try {
            thread.execute(() -> quietly(() -> ensure(domain)));
        } catch (RejectedExecutionException stopping) {
            LOGGER.debug("{} gets its keys after the next start", domain);
        }
    }

    private void round() {
        quietly(() -> storage.domains().all().forEach(this::ensure));
        quietly(() -> keys.advance(dns).forEach(sentence -> LOGGER.info("DKIM key {}", sentence)));
    }

    private void ensure(String domain) {
        if (domain.indexOf('.') > 0 && !Thread.currentThread().isInterrupted()) {
            for (StoredKey made : keys.ensure(domain)) {
                LOGGER.info("DKIM key {} was made; publish its record: amr dkim dns {}", made, domain);
            }
        }
    }

    /** A failure today must not end the work of tomorrow. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOGGER.warn("DKIM keys are looked after later: {}", failed.toString(), failed);
        }
    }
}
