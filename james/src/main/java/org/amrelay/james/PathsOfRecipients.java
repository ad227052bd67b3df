// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** The return paths of a mail that has one for each recipient, as an attribute of James' mail. */
public final class PathsOfRecipients {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.return-paths");

    private PathsOfRecipients() {}

    static void attach(Mail mail, Map<EmailAddress, EmailAddress> paths) {
        if (paths.isEmpty()) {
            mail.removeAttribute(NAME);
            return;
        }
        Map<String, AttributeValue<?>> texts = new HashMap<>();
        paths.forEach((recipient, path) -> texts.put(key(recipient), AttributeValue.of(path.toString())));
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(texts)));
    }

    private static String key(EmailAddress recipient) {
        return recipient.toString().toLowerCase(Locale.ROOT);
    }

    /** The path for a recipient; empty when it shares that of the mail. */
    public static Optional<EmailAddress> of(Mail mail, EmailAddress recipient) {
        return mail.getAttribute(NAME)
                .map(attribute -> attribute.getValue().value())
                .filter(Map.class::isInstance)
                .map(paths -> ((Map<?, ?>) paths).get(key(recipient)))
                .filter(AttributeValue.class::isInstance)
                .map(value -> ((AttributeValue<?>) value).value())
                .filter(String.class::isInstance)
                .flatMap(path -> EmailAddress.parse((String) path));
    }
}
