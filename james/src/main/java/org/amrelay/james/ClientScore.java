// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * How bad the client that gave us a mail looks, as attributes of James' mail; several hooks add to it.
 *
 * @param points above zero is bad, below is good; 0 when nothing is known
 * @param reasons what the points are for, with semicolons between; may be empty
 */
public record ClientScore(double points, String reasons) {
    private static final AttributeName POINTS = AttributeName.of("org.amrelay.client-score");
    private static final AttributeName REASONS = AttributeName.of("org.amrelay.client-score-reasons");
    private static final int LONGEST = 1000;

    /** Of a mail. */
    public static ClientScore of(Mail mail) {
        return new ClientScore(
                mail.getAttribute(POINTS)
                        .flatMap(attribute -> attribute.getValue().valueAs(Double.class))
                        .orElse(0.0),
                mail.getAttribute(REASONS)
                        .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                        .orElse(""));
    }

    /** Adds points to a mail's. */
    public static void add(double points, String reason, Mail mail) {
        ClientScore before = of(mail);
        String reasons = before.reasons().isEmpty() ? reason : before.reasons() + "; " + reason;
        mail.setAttribute(new Attribute(POINTS, AttributeValue.of(before.points() + points)));
        mail.setAttribute(new Attribute(
                REASONS, AttributeValue.of(reasons.substring(0, Math.min(reasons.length(), LONGEST)))));
    }
}
