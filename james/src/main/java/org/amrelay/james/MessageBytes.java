// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/**
 * The message of James' mail, byte for byte, for those who must know the very bytes that go out.
 *
 * <p>Safe for several threads.
 */
public interface MessageBytes {
    /** The bytes as they would go out now; they live as long as the mail. */
    MessageContent of(Mail mail) throws MessagingException;

    /** Gives the mail another message. */
    void put(Mail mail, MessageContent message) throws MessagingException;

    /** For a stock James, which wants a copy. */
    static MessageBytes ofJames() {
        return new MessageBytes() {
            @Override
            public MessageContent of(Mail mail) throws MessagingException {
                return MailContent.of(mail);
            }

            @Override
            public void put(Mail mail, MessageContent message) throws MessagingException {
                try (InputStream in = message.open()) {
                    mail.setMessage(new MimeMessageWrapper(MimeMessageInputStreamSource.create(mail.getName(), in)));
                } catch (IOException unreadable) {
                    throw new MessagingException(mail.getName() + " cannot be read", unreadable);
                }
            }
        };
    }
}
