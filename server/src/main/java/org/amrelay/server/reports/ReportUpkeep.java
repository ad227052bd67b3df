// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.authentication.report.VerdictCounts;
import org.amrelay.storage.RelayStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes counts away and tells of failures each minute, sends reports and forgets old ones each hour. Safe for several threads. */
public final class ReportUpkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportUpkeep.class);
    private static final Duration KEPT = Duration.ofDays(400);

    private final VerdictCounts counts;
    private final ReportSending sending;
    private final FailureSending failures;
    private final RelayStorage storage;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "amr-dmarc");
        made.setDaemon(true);
        return made;
    });

    @Inject
    ReportUpkeep(
            VerdictCounts counts, ReportSending sending, FailureSending failures, RelayStorage storage, Clock clock) {
        this.counts = counts;
        this.sending = sending;
        this.failures = failures;
        this.storage = storage;
        this.clock = clock;
    }

    /** Begins; returns at once. */
    public void start() {
        thread.scheduleWithFixedDelay(() -> quietly(this::write), 1, 1, TimeUnit.MINUTES);
        thread.scheduleWithFixedDelay(() -> quietly(failures::round), 1, 1, TimeUnit.MINUTES);
        thread.scheduleWithFixedDelay(() -> quietly(this::everyHour), 5, 60, TimeUnit.MINUTES);
    }

    /** Writes what has been counted since the last minute. */
    public void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                LOGGER.debug("reports are still being sent; the rest goes out after the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        quietly(this::write);
    }

    private void write() {
        long left = counts.writeTo(storage.reports());
        if (left > 0) {
            LOGGER.warn("{} messages of too many different kinds are not in DMARC reports", left);
        }
    }

    private void everyHour() {
        sending.round();
        storage.reports().forgetBefore(clock.instant().minus(KEPT));
        storage.tlsReports().forgetBefore(clock.instant().minus(KEPT));
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOGGER.warn("DMARC reports are looked after later: {}", failed.toString(), failed);
        }
    }
}
