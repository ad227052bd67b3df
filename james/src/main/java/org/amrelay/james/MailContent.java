// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/**
 * The message of James' mail as it would go out now, read from where James keeps it rather than copied.
 *
 * <p>Line ends are made CRLF on the way, because what mailets generate often has bare line feeds. Lives as long as the
 * mail: whoever keeps it longer reads it before the mail is disposed of.
 */
public final class MailContent implements MessageContent {
    private final MimeMessage message;
    private final long size;

    private MailContent(MimeMessage message, long size) {
        this.message = message;
        this.size = size;
    }

    /**
     * Reads the message once to learn its size, unless it {@linkplain HoldsContent holds} its bytes.
     *
     * @throws MessagingException when it cannot be read
     */
    public static MessageContent of(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        if (message == null) {
            throw new MessagingException(mail.getName() + " has no message");
        }
        if (message instanceof HoldsContent holder && holder.unchangedContent().isPresent()) {
            return holder.unchangedContent().get();
        }
        try (InputStream in = new NetworkLines(open(message))) {
            return new MailContent(message, in.transferTo(OutputStream.nullOutputStream()));
        } catch (IOException unreadable) {
            throw new MessagingException(mail.getName() + " cannot be read", unreadable);
        }
    }

    /**
     * Puts other bytes in the place of the message, read once.
     *
     * @throws MessagingException when James cannot keep them
     * @throws IOException when they cannot be read
     */
    public static void replace(Mail mail, MessageContent content) throws MessagingException, IOException {
        try (InputStream in = content.open()) {
            mail.setMessage(new MimeMessageWrapper(MimeMessageInputStreamSource.create(mail.getName(), in)));
        }
    }

    private static InputStream open(MimeMessage message) throws MessagingException {
        return message instanceof MimeMessageWrapper wrapper
                ? wrapper.getMessageInputStream()
                : new MimeMessageInputStream(message);
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new NetworkLines(open(message));
        } catch (MessagingException unreadable) {
            throw new IOException(unreadable);
        }
    }

    @Override
    public long size() {
        return size;
    }
}
