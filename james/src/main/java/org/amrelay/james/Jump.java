// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * A line of a processor, as the place that a mail left for another processor or goes on behind.
 *
 * <p>Our processors note the last one as an attribute of the mail; a stock James does not.
 *
 * @param line its number, from 0
 * @param condition the matcher as it is written in the configuration
 * @param mailet class name without its package
 * @param reason why the mailet sent the mail away, where it is ours; else empty text
 */
public record Jump(String processor, int line, String condition, String mailet, String reason) {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.jump");
    private static final AttributeName WHY = AttributeName.of("org.amrelay.jump-reason");
    private static final String BETWEEN = "\t";
    private static final int PARTS = 5;

    /** Notes that the mail leaves here; what {@link #because} said goes with it. */
    public void attach(Mail mail) {
        String why = mail.removeAttribute(WHY)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .orElse("");
        mail.setAttribute(
                new Attribute(NAME, AttributeValue.of(new Jump(processor, line, condition, mailet, why).text())));
    }

    /** Says why the mail is about to leave. */
    static void because(String reason, Mail mail) {
        mail.setAttribute(new Attribute(WHY, AttributeValue.of(reason)));
    }

    /** By which line the mail came into its processor; empty in the first one. */
    public static Optional<Jump> of(Mail mail) {
        return mail.getAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .flatMap(Jump::parse);
    }

    /** Reads {@link #text}. */
    public static Optional<Jump> parse(String text) {
        String[] parts = text.split(BETWEEN, PARTS);
        if (parts.length < PARTS || parts[1].isEmpty() || parts[1].length() > 6) {
            return Optional.empty();
        }
        return parts[1].chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(new Jump(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3], parts[4]))
                : Optional.empty();
    }

    /** One line that {@link #parse} reads. */
    public String text() {
        return String.join(BETWEEN, processor, Integer.toString(line), plain(condition), mailet, plain(reason));
    }

    private static String plain(String text) {
        return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }

    /** Whether the line is written the same. */
    public boolean isLike(Jump other) {
        return plain(condition).equals(plain(other.condition)) && mailet.equals(other.mailet);
    }

    /** What decided: the mailet, or the condition when the mailet does no more than send mail elsewhere. */
    public String rule() {
        return mailet.equals("ToProcessor") ? condition : mailet;
    }

    /** For people. */
    @Override
    public String toString() {
        return "line " + (line + 1) + " of " + processor + " (" + condition + ", " + mailet + ")";
    }

    /** Whether an attribute says where a mail is rather than what it is. */
    public static boolean isAttribute(String name) {
        return name.equals(NAME.asString()) || name.equals(WHY.asString());
    }
}
