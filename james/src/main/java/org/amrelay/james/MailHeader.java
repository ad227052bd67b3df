// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/** The header of James' mail as ours and back; the body is neither parsed nor copied. Stateless. */
public final class MailHeader {
    private MailHeader() {}

    /**
     * The fields in their order; the offset of the body is not known here.
     *
     * @throws MessagingException when the mail has no message or it cannot be read
     */
    public static HeaderSection of(Mail mail) throws MessagingException {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : Collections.list(message(mail).getAllHeaderLines())) {
            fields.add(HeaderField.of(line));
        }
        return new HeaderSection(fields, 0, true);
    }

    static void replace(Mail mail, List<HeaderField> fields) throws MessagingException {
        MimeMessage message = message(mail);
        Set<String> names = new LinkedHashSet<>();
        Collections.list(message.getAllHeaders()).forEach(header -> names.add(header.getName()));
        for (String name : names) {
            message.removeHeader(name);
        }
        // Lines are added at the end, in this order; addHeader would have its own idea of the place
        for (HeaderField field : fields) {
            message.addHeaderLine(field.raw());
        }
    }

    private static MimeMessage message(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        if (message == null) {
            throw new MessagingException(mail.getName() + " has no message");
        }
        return message;
    }

    /**
     * The header octet by octet as it came in, for those who must not be told another story than the recipient; reads as
     * many octets as the header has.
     *
     * @throws MessagingException when the message cannot be read
     */
    public static HeaderSection asReceived(Mail mail) throws MessagingException {
        try {
            return HeaderSection.read(
                    mail.getMessage() instanceof MimeMessageWrapper wrapper
                                    && !wrapper.isModified()
                                    && !(wrapper instanceof HoldsContent)
                            ? new Unmeasured(wrapper)
                            : MailContent.of(mail));
        } catch (IOException unreadable) {
            throw new MessagingException(mail.getName() + " cannot be read", unreadable);
        }
    }

    /**
     * All fields: octet by octet where the header is not longer than is read at once, else as James has it.
     *
     * @throws MessagingException when the message cannot be read
     */
    public static HeaderSection whole(Mail mail) throws MessagingException {
        HeaderSection received = asReceived(mail);
        return received.isWhole() ? received : of(mail);
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
