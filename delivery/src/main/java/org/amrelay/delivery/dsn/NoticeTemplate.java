// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sentences of notices in one language; what a file leaves out is English.
 *
 * <p>A file has lines of {@code name = text}; {@code \\n} in a text is a line end, {@code #} starts a comment, and {host},
 * {until}, {date}, {mail} and {contact} stand for what they say. Immutable.
 */
public final class NoticeTemplate {
    /** The parts of a notice. */
    enum Part {
        SUBJECT_FAILED("Undelivered Mail Returned to Sender"),
        SUBJECT_DELAYED("Delayed Mail (still being retried)"),
        SUBJECT_RELAYED("Mail Delivered to the Next Server"),
        GREETING("This is the mail system at {host}."),
        FAILED("Your message could not be delivered to the recipients below.\n"
                + "The next server has refused it for good; it will not be tried again."),
        EXPIRED("Your message could not be delivered to the recipients below in time.\nIt will not be tried again."),
        DELAYED("Your message has not been delivered to the recipients below yet.\n"
                + "You need not do anything: it will be tried until {until}."),
        RELAYED("Your message was handed to the next server for the recipients below.\n"
                + "That server does not report whether it reaches them."),
        SAID("said"),
        ACCEPTED("Your message was accepted on {date} as {mail}."),
        QUESTIONS("Questions: {contact}");

        private final String english;

        Part(String english) {
            this.english = english;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int LONGEST = 2_000;
    private static final NoticeTemplate ENGLISH = new NoticeTemplate(Map.of());

    private final Map<Part, String> texts;

    private NoticeTemplate(Map<Part, String> texts) {
        Map<Part, String> all = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            all.put(part, texts.getOrDefault(part, part.english));
        }
        this.texts = all;
    }

    static NoticeTemplate english() {
        return ENGLISH;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with the line and what is wrong in it
     */
    public static NoticeTemplate parse(String file) {
        Map<Part, String> texts = new EnumMap<>(Part.class);
        int number = 0;
        for (String line : file.split("\n", -1)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals).strip();
            int at = number;
            Part part = Stream.of(Part.values())
                    .filter(each -> each.word().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("line " + at + ": '" + name + "' is none of "
                            + Stream.of(Part.values()).map(Part::word).toList()));
            String value = text.substring(equals + 1).strip();
            if (equals < 0 || value.isEmpty() || value.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "line " + number + ": '" + name + "' has no text, or a very long one");
            }
            texts.put(part, value.replace("\\n", "\n"));
        }
        return new NoticeTemplate(texts);
    }

    /** A part with what stands for the names in braces. */
    String text(Part part, Map<String, String> values) {
        String text = texts.getOrDefault(part, part.english);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace('{' + value.getKey() + '}', value.getValue());
        }
        return text;
    }
}
