// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.apache.mailet.Mail;

/**
 * Where {@code RelayDelivery} leaves the mail for the delivery engine.
 *
 * <p>In the distribution the deliveries become durable in the transaction that ends the spool item; in a stock James they
 * are durable when the call returns. Safe for several threads.
 */
public interface DeliveryHandOver {
    /**
     * Hands the mail over.
     *
     * @param mail with the message as it shall go out
     * @param deliveries at least one; together they hold each recipient of the mail exactly once
     * @throws MessagingException when they could not be made durable; the mail is then tried later
     */
    void handOver(Mail mail, List<NewDelivery> deliveries) throws MessagingException;
}
