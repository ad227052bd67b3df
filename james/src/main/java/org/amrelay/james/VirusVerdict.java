// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection.Outcome;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * What a virus scanner said of a mail, as an attribute of James' mail.
 *
 * @param engine who said so
 * @param detail the signature's name, or why it was not scanned; empty when clean
 */
public record VirusVerdict(Kind kind, String engine, String detail) {
    /** The possible outcomes. */
    public enum Kind {
        CLEAN,
        INFECTED,
        UNSCANNABLE,
        /** No scanner answered, and the configuration says to go on without. */
        SKIPPED;

        /** As it is written in reports and matchers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final AttributeName NAME = AttributeName.of("org.amrelay.virus");
    private static final String BETWEEN = " ";

    /** For what is final about a message. */
    public static VirusVerdict of(Outcome outcome) {
        ScanResult result = outcome.result();
        if (result instanceof ScanResult.Infected infected) {
            return new VirusVerdict(Kind.INFECTED, outcome.engine(), infected.signature());
        } else if (result instanceof ScanResult.Unscannable unscannable) {
            return new VirusVerdict(Kind.UNSCANNABLE, outcome.engine(), unscannable.why());
        } else if (result instanceof ScanResult.Unavailable unavailable) {
            return new VirusVerdict(Kind.SKIPPED, outcome.engine(), unavailable.cause());
        }
        if (result instanceof ScanResult.Troubled) {
            throw new IllegalArgumentException("nothing is known of the message: " + result);
        }
        return new VirusVerdict(Kind.CLEAN, outcome.engine(), "");
    }

    /** Takes the place of what was attached before. */
    public void attach(Mail mail) {
        String text = kind.word() + BETWEEN + engine + BETWEEN + detail;
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(text)));
    }

    /** Empty when the mail was not scanned. */
    public static Optional<VirusVerdict> of(Mail mail) {
        return mail.getAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .flatMap(VirusVerdict::parse);
    }

    private static Optional<VirusVerdict> parse(String text) {
        String[] words = text.split(BETWEEN, 3);
        return Arrays.stream(Kind.values())
                .filter(kind -> words.length == 3 && kind.word().equals(words[0]))
                .findFirst()
                .map(kind -> new VirusVerdict(kind, words[1], words[2]));
    }

    @Override
    public String toString() {
        return kind.word() + (detail.isEmpty() ? "" : " (" + detail + ")") + ", says " + engine;
    }
}
