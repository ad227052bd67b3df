// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.time.Instant;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailEnvelope;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/** Hands everything over to one next hop. */
final class Deliver extends GenericMailet {
    static final NextHop NEXT_HOP = new NextHop.FixedHost("127.0.0.1", 2500);

    private final DeliveryHandOver handOver;

    Deliver(DeliveryHandOver handOver) {
        this.handOver = handOver;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        handOver.handOver(
                mail,
                List.of(new NewDelivery(
                        NEXT_HOP,
                        MailEnvelope.recipients(mail),
                        Instant.EPOCH,
                        Instant.now().plusSeconds(3600))));
        mail.setState(Mail.GHOST);
    }
}
