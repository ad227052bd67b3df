// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/**
 * Where the mailet {@code Quarantine} leaves mail.
 *
 * <p>In the distribution it becomes durable with the transaction that ends the spool item; in a stock James it is in a
 * repository when the call returns. Safe for several threads.
 */
@FunctionalInterface
public interface MailQuarantine {
    /**
     * Keeps the mail as it is now.
     *
     * @throws MessagingException when it cannot be kept; the mail is then tried later
     */
    void keep(Mail mail, KeptBack how) throws MessagingException;
}
