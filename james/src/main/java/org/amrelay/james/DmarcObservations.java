// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.report.Observation;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** What aggregate reports will say of a mail, as an attribute of it, until it is known what became of it. */
public final class DmarcObservations {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.dmarc-observation");

    private DmarcObservations() {}

    /** Attaches nothing when the author's domain wants no reports. */
    public static void attach(MessageVerdict verdict, Mail mail) {
        of(verdict, mail)
                .ifPresent(
                        observation -> mail.setAttribute(new Attribute(NAME, AttributeValue.of(observation.text()))));
    }

    /** The same for mail that is refused at once, and never carries it. */
    public static Optional<Observation> of(MessageVerdict verdict, Mail mail) {
        String sender = mail.getMaybeSender()
                .asOptional()
                .map(address -> address.getDomain().asString())
                .orElse("");
        return Observation.of(verdict, sender);
    }

    /** Empty when nothing was attached. */
    public static Optional<Observation> of(Mail mail) {
        return mail.getAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .flatMap(Observation::parse);
    }

    /** So that a mail is counted once. */
    public static void detach(Mail mail) {
        mail.removeAttribute(NAME);
    }
}
