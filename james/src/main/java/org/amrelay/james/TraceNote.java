// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** A remark of a mailet for the story of the mail; without secrets and without message content. */
public final class TraceNote {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.trace-note");

    private TraceNote() {}

    /** Leaves the remark on the mail; in the place of an earlier one. */
    public static void leave(String text, Mail mail) {
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(text)));
    }

    /** Takes it away, for whoever writes the story. */
    public static Optional<String> take(Mail mail) {
        return mail.removeAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class));
    }
}
