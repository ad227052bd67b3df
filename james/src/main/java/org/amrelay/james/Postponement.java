// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Duration;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/**
 * How a mail that cannot be processed now is tried later.
 *
 * <p>A stock James uses {@link Requeue}. The distribution binds {@link #rollBack()}, because its spooler undoes everything
 * that processing did and tries the whole item again, so that nobody gets a message twice. Safe for several threads.
 */
@FunctionalInterface
public interface Postponement {
    /**
     * Postpones the mail; after it has returned, the mail is a ghost that needs no more processing.
     *
     * @throws TryLaterException when the whole item shall be tried later
     * @throws MessagingException when postponing failed
     */
    void postpone(Mail mail, MailetContext context, String reason) throws MessagingException;

    /**
     * Postpones the mail until something outside works again, without counting that as a failure of the mail, where the
     * spooler counts.
     *
     * @throws TryLaterException when the whole item shall be tried later
     * @throws MessagingException when postponing failed
     */
    default void suspend(Mail mail, MailetContext context, String reason, Duration atMost) throws MessagingException {
        postpone(mail, context, reason);
    }

    /** Leaves it to the spooler, which knows how to undo what has been done. */
    static Postponement rollBack() {
        return new Postponement() {
            @Override
            public void postpone(Mail mail, MailetContext context, String reason) {
                throw new TryLaterException(mail.getName() + ": " + reason);
            }

            @Override
            public void suspend(Mail mail, MailetContext context, String reason, Duration atMost) {
                throw TryLaterException.suspended(mail.getName() + ": " + reason, atMost);
            }
        };
    }
}
