// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/**
 * Puts the mail back into the spool of a stock James, to enter the same processor again after a delay.
 *
 * <p>The delay doubles from 15 s to 1 h and never ends in a bounce. The mail starts at the top of its processor with the
 * recipients it has now. When the spool refuses it, a {@link TryLaterException} passes James' processors, so that the item
 * is not acknowledged; a durable queue then brings it back. Safe for several threads.
 */
public final class Requeue implements Postponement {
    static final AttributeName TIMES = AttributeName.of("org.amrelay.postponed");
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 8;

    @Override
    public void postpone(Mail mail, MailetContext context, String reason) {
        int times = mail.getAttribute(TIMES)
                .flatMap(attribute -> attribute.getValue().valueAs(Integer.class))
                .orElse(0);
        mail.setAttribute(new Attribute(TIMES, AttributeValue.of(times + 1)));
        try {
            context.sendMail(mail, mail.getState(), delay(times).toSeconds(), TimeUnit.SECONDS);
        } catch (MessagingException refused) {
            throw new TryLaterException(mail.getName() + " could not be put back into the spool: " + refused);
        }
        mail.setState(Mail.GHOST);
    }

    private static Duration delay(int times) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(times, DOUBLINGS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
