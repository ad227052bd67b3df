// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** A mail that the relay itself writes, such as a notice, as James' mail. */
public final class OutgoingMail {
    private OutgoingMail() {}

    /**
     * Gives a mail of the relay itself to James, which takes it over or throws.
     *
     * @throws MessagingException when James does not take it
     * @throws IOException when the content cannot be read
     */
    public static void send(MailetContext context, String name, Envelope envelope, MessageContent content)
            throws MessagingException, IOException {
        MailImpl mail = of(name, envelope, content);
        try {
            context.sendMail(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /**
     * Copies the content byte for byte. The mail is marked as sent by a mailet; the caller disposes of it.
     *
     * @throws MessagingException when James does not take an address
     * @throws IOException when the content cannot be read
     */
    public static MailImpl of(String name, Envelope envelope, MessageContent content)
            throws MessagingException, IOException {
        MailImpl.Builder builder = MailImpl.builder().name(name).addAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE);
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            builder.addRecipient(Addresses.toJames(recipient.address()));
        }
        if (envelope.sender().address().isPresent()) {
            EmailAddress sender = envelope.sender().address().get();
            builder.sender(Addresses.toJames(sender));
        }
        MailImpl mail = builder.build();
        try (InputStream in = content.open()) {
            mail.setMessageNoCopy(new MimeMessageWrapper(MimeMessageInputStreamSource.create(name, in)));
        }
        return mail;
    }
}
