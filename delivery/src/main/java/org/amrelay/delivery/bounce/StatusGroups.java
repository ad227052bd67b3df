// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a delivery status (RFC 3464 §2), in groups: one for the message, one for each recipient.
 *
 * <p>A group also ends where a field comes again that it may have once, for those who forget the empty line. Lines that
 * are no fields go on with the field before them.
 *
 * @param message fields of the message, by lower-case name
 * @param recipients for each recipient its fields
 */
record StatusGroups(Map<String, String> message, List<Map<String, String>> recipients) {
    private static final Set<String> OF_RECIPIENT = Set.of(
            "final-recipient",
            "original-recipient",
            "action",
            "status",
            "diagnostic-code",
            "remote-mta",
            "last-attempt-date",
            "final-log-id",
            "will-retry-until",
            "x-actual-recipient",
            "failed-recipient");
    private static final Set<String> OF_MESSAGE =
            Set.of("reporting-mta", "original-envelope-id", "arrival-date", "received-from-mta", "dsn-gateway");
    private static final Set<String> ADDRESSES = Set.of("final-recipient", "original-recipient", "x-actual-recipient");
    private static final int MOST_GROUPS = 1_000;
    private static final int LONGEST_VALUE = 4_000;

    static StatusGroups parse(String text) {
        Reading reading = new Reading();
        text.lines().forEach(reading::line);
        reading.endOfGroup();
        return new StatusGroups(reading.message, reading.groups);
    }

    /** Whether there is enough of it to be a status and not a text with colons. */
    boolean isStatus() {
        return recipients.stream()
                .anyMatch(group -> ADDRESSES.stream().anyMatch(group::containsKey)
                        && (group.containsKey("action")
                                || group.containsKey("status")
                                || group.containsKey("diagnostic-code")
                                || message.containsKey("reporting-mta")));
    }

    private static final class Reading {
        private final Map<String, String> message = new LinkedHashMap<>();
        private final List<Map<String, String>> groups = new ArrayList<>();
        private Map<String, String> group = new LinkedHashMap<>();
        private String last = "";

        void line(String line) {
            if (line.isBlank()) {
                endOfGroup();
                return;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            boolean known = OF_RECIPIENT.contains(name) || OF_MESSAGE.contains(name);
            boolean folded = Character.isWhitespace(line.charAt(0)) && !known;
            if (folded || colon < 1 || name.indexOf(' ') >= 0) {
                append(line.strip());
                return;
            }
            put(name, line.substring(colon + 1).strip());
        }

        private void append(String more) {
            Map<String, String> where = group.containsKey(last) ? group : message;
            String before = where.get(last);
            if (before != null && before.length() < LONGEST_VALUE) {
                where.put(last, before + " " + more);
            }
        }

        private void put(String name, String value) {
            last = name;
            if (OF_MESSAGE.contains(name)) {
                message.putIfAbsent(name, value);
                return;
            }
            boolean again = group.containsKey(name) && (name.equals("final-recipient") || name.equals("action"));
            boolean next = name.equals("original-recipient")
                    && group.containsKey("final-recipient")
                    && group.containsKey("action")
                    && group.containsKey("status");
            if (again || next && group.containsKey("original-recipient")) {
                endOfGroup();
                last = name;
            }
            if (group.size() < 100) {
                group.putIfAbsent(name, value);
            }
        }

        void endOfGroup() {
            last = "";
            boolean named = ADDRESSES.stream().anyMatch(group::containsKey);
            if (!named && group.containsKey("action") && group.size() < 8) {
                // The address stands behind an empty line that does not belong there
                return;
            }
            if (named && groups.size() < MOST_GROUPS) {
                groups.add(group);
            } else if (!named && !groups.isEmpty()) {
                // Fields of the last recipient behind an empty line
                group.forEach(groups.get(groups.size() - 1)::putIfAbsent);
            } else {
                group.forEach(message::putIfAbsent);
            }
            group = new LinkedHashMap<>();
        }
    }
}
