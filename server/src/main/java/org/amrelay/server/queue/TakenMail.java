// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.mail.MessagingException;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;

/**
 * A mail that somebody took from a queue and has to answer for.
 *
 * <p>Success removes it, from the main spool as cancelled; retry brings it back at once as it was; reject means in James
 * that the taker could neither process nor keep it, so it comes back after a minute and is not lost.
 */
final class TakenMail implements MailQueue.MailQueueItem {
    private static final Duration AFTER_REJECT = Duration.ofMinutes(1);

    private final Spool spool;
    private final SpoolItem item;
    private final Clock clock;
    private final Mail mail;

    TakenMail(Spool spool, SpoolItem item, Clock clock) throws MessagingException {
        this.spool = spool;
        this.item = item;
        this.clock = clock;
        this.mail = MailCodec.toMail(item.mail());
    }

    @Override
    public Mail getMail() {
        return mail;
    }

    @Override
    public void done(CompletionStatus status) throws MailQueue.MailQueueException {
        CompletionStage<Void> ended = switch (status) {
            case SUCCESS -> spool.remove(item.id());
            case RETRY -> spool.retry(item.id(), clock.instant(), "given back");
            case REJECT -> spool.retry(item.id(), clock.instant().plus(AFTER_REJECT), "rejected by its taker");
        };
        RelayMailQueue.await(ended, item.mail().name() + " could not be ended as " + status);
    }
}
