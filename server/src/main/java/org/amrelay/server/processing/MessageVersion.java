// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/**
 * Whether a mail still carries the same message, told without reading it.
 *
 * <p>A message that has been modified already does not show that it is modified again.
 */
record MessageVersion(int message, boolean modified) {
    static MessageVersion of(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            boolean modified = message instanceof MimeMessageWrapper wrapper && wrapper.isModified();
            return new MessageVersion(System.identityHashCode(message), modified);
        } catch (MessagingException unreadable) {
            return new MessageVersion(0, false);
        }
    }
}
