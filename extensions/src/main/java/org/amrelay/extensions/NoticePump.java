// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.amrelay.james.OutgoingMail;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.server.core.MailImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notices to senders from our spool, where the delivery engine's reports put them, into the spool of James.
 *
 * <p>They carry the mark of mail sent by a mailet, so that a configuration lets them out ({@code match="SentByMailet"}).
 * A crash between the two spools sends a notice twice. Runs on a thread of its own.
 */
final class NoticePump {
    private static final Logger LOGGER = LoggerFactory.getLogger(NoticePump.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Spool ours;
    private final MailQueue james;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "amr-notices");
        made.setDaemon(true);
        return made;
    });

    NoticePump(Spool ours, MailQueue james, InstantSource clock) {
        this.ours = ours;
        this.james = james;
        this.clock = clock;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::pump, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdown();
    }

    private void pump() {
        try {
            Optional<SpoolItem> item = ours.take(Spool.MAIN, clock.instant());
            while (item.isPresent() && !thread.isShutdown()) {
                bring(item.get());
                item = ours.take(Spool.MAIN, clock.instant());
            }
        } catch (RuntimeException failure) {
            LOGGER.error("Notices to senders wait, they could not be brought to James", failure);
        }
    }

    private void bring(SpoolItem item) {
        try {
            StoredMail notice = item.mail();
            MailImpl mail = OutgoingMail.of(notice.name(), notice.envelope(), notice.content());
            try {
                james.enQueue(mail);
            } finally {
                LifecycleUtil.dispose(mail);
            }
            var unused = ours.remove(item.id());
        } catch (MessagingException | IOException failure) {
            LOGGER.warn("{} waits, James did not take it", item.mail().name(), failure);
            var unused = ours.retry(item.id(), clock.instant().plus(AGAIN), "James did not take it: " + failure);
        }
    }
}
