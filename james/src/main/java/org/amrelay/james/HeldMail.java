// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** Whether a mail's deliveries wait for a person's release, as an attribute of James' mail. */
public final class HeldMail {
    private static final AttributeName BY = AttributeName.of("org.amrelay.held-by");

    private HeldMail() {}

    static void mark(Mail mail, String by) {
        mail.setAttribute(new Attribute(BY, AttributeValue.of(by)));
    }

    /** Who holds it, for the ledger; empty when it may go. */
    public static Optional<String> by(Mail mail) {
        return mail.getAttribute(BY).flatMap(attribute -> attribute.getValue().valueAs(String.class));
    }
}
