// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailContent;
import org.amrelay.james.MailEnvelope;
import org.apache.mailet.Mail;

/**
 * Makes deliveries durable at once, before James learns that the mail is done.
 *
 * <p>Between the two a crash leaves the mail in both places, and it is delivered twice; the other order would lose it.
 * Blocks until the disk has it, 60 s at most; a mail that took longer is tried again and may go out twice as well.
 */
final class ImmediateHandOver implements DeliveryHandOver {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DeliveryStore store;

    ImmediateHandOver(DeliveryStore store) {
        this.store = store;
    }

    @Override
    public void handOver(Mail mail, List<NewDelivery> deliveries) throws MessagingException {
        NewMail accepted = new NewMail(mail.getName(), MailEnvelope.of(mail), MailContent.of(mail));
        try {
            store.accept(accepted, deliveries).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new MessagingException(mail.getName() + " could not be handed over", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MessagingException(mail.getName() + " was not handed over, the server stops", stopping);
        }
    }
}
