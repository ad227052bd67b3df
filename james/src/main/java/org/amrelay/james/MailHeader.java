// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/** The header of James' mail, read without parsing or copying the body. Stateless. */
public final class MailHeader {
    private MailHeader() {}

    /**
     * Reads as many octets as the header has.
     *
     * @throws MessagingException when the message cannot be read
     */
    public static HeaderSection of(Mail mail) throws MessagingException {
        try {
            return HeaderSection.read(
                    mail.getMessage() instanceof MimeMessageWrapper wrapper && !wrapper.isModified()
                            ? new Unmeasured(wrapper)
                            : MailContent.of(mail));
        } catch (IOException unreadable) {
            throw new MessagingException(mail.getName() + " cannot be read", unreadable);
        }
    }

    /** What has come in and nobody changed: its size in network form is not worth a pass, an upper bound will do. */
    private record Unmeasured(MimeMessageWrapper message) implements MessageContent {
        @Override
        public InputStream open() throws IOException {
            try {
                return new NetworkLines(message.getMessageInputStream());
            } catch (MessagingException unreadable) {
                throw new IOException(unreadable);
            }
        }

        @Override
        public long size() {
            return Long.MAX_VALUE;
        }
    }
}
