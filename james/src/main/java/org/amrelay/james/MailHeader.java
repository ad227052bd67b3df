// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.apache.mailet.Mail;

/** The header of James' mail as ours and back; the body is neither read nor copied. */
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
}
