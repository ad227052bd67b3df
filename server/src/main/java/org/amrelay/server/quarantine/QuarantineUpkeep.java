// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.filtering.quarantine.QuarantineKeeper;
import org.amrelay.filtering.quarantine.QuarantineLimits;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each minute: takes over, throws away what is due, sends digests. Safe for several threads. */
public final class QuarantineUpkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(QuarantineUpkeep.class);

    private final RepositoryTakeOver takeOver;
    private final QuarantineKeeper keeper;
    private final QuarantineDesk desk;
    private final Metric expired;
    private final Metric digests;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "amr-quarantine");
        made.setDaemon(true);
        return made;
    });

    @Inject
    QuarantineUpkeep(
            QuarantineDesk desk, RelayStorage storage, RelaySettings settings, MetricFactory metrics, Clock clock) {
        this.desk = desk;
        this.takeOver = new RepositoryTakeOver(storage, QuarantineModule.retention(settings));
        QuarantineLimits limits = new QuarantineLimits(
                DataSize.of(unit(settings.value("AMR_QUARANTINE_TOTAL_SIZE"))).bytes(),
                DataSize.of(unit(settings.value("AMR_QUARANTINE_RECIPIENT_SIZE")))
                        .bytes());
        this.keeper = new QuarantineKeeper(storage.quarantine(), limits, clock);
        this.expired = metrics.generate("amr_filtering_quarantine_expired");
        this.digests = metrics.generate("amr_filtering_quarantine_digests");
    }

    /** Settings write 5G where sizes are written 5GB. */
    private static String unit(String size) {
        return Character.isDigit(size.charAt(size.length() - 1)) ? size : size + "B";
    }

    /** Begins; returns at once. */
    public void start() {
        thread.scheduleWithFixedDelay(this::round, 0, 60, TimeUnit.SECONDS);
    }

    public void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOGGER.debug("the quarantine is still being looked after; the rest follows after the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void round() {
        try {
            long moved = takeOver.round();
            if (moved > 0) {
                LOGGER.info("{} mails that rested in repositories are in quarantine now", moved);
            }
            QuarantineKeeper.Round gone = keeper.round();
            if (gone.all() > 0) {
                expired.add((int) Math.min(Integer.MAX_VALUE, gone.all()));
                LOGGER.info(
                        "thrown away from quarantine: {} copies for their age, {} for its limit, {} for their recipient's",
                        gone.old(),
                        gone.crowded(),
                        gone.heavy());
            }
            int sent = desk.digests().map(parts -> parts.round().round()).orElse(0);
            if (sent > 0) {
                digests.add(sent);
                LOGGER.info("{} digests of the quarantine are sent", sent);
            }
        } catch (RuntimeException failed) {
            LOGGER.warn("the quarantine is looked after later: {}", failed.toString(), failed);
        }
    }
}
