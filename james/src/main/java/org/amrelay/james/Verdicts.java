// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.authentication.results.AuthenticationResultsParser;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * What was found out about the origin of a mail, as an attribute of James' mail.
 *
 * <p>The text is that of an Authentication-Results field (RFC 8601), so that it survives every storage.
 */
public final class Verdicts {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.verdicts");

    private Verdicts() {}

    /** Takes the place of what was attached before. */
    public static void attach(AuthenticationResults results, Mail mail) {
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(AuthenticationResultsField.payload(results))));
    }

    /** Empty when the mail was not evaluated, as with mail from accounts and from the relay itself. */
    public static Optional<AuthenticationResults> of(Mail mail) {
        return mail.getAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .flatMap(text -> AuthenticationResultsParser.parse(text).fold(Optional::of, why -> Optional.empty()));
    }
}
