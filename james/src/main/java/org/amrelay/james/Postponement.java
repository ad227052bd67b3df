// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

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

    /** Leaves it to the spooler, which knows how to undo what has been done. */
    static Postponement rollBack() {
        return (mail, context, reason) -> {
            throw new TryLaterException(mail.getName() + ": " + reason);
        };
    }
}
