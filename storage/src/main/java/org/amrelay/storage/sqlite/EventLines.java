// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.storage.ledger.TraceEvent;

/** Events of one moment as text: a line each, kind, tab, words; limited in length. */
final class EventLines {
    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_TEXT = 64_000;

    private final StringBuilder text = new StringBuilder();

    EventLines add(String kind, String words) {
        if (text.length() < LONGEST_TEXT) {
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(kind).append('\t');
            int length = Math.min(words.length(), LONGEST_LINE);
            for (int i = 0; i < length; i++) {
                char c = words.charAt(i);
                text.append(c < ' ' ? ' ' : c);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    static String of(String kind, String words) {
        return new EventLines().add(kind, words).toString();
    }

    static List<TraceEvent> read(Instant at, String lines) {
        List<TraceEvent> events = new ArrayList<>();
        for (String line : lines.split("\n", -1)) {
            int tab = line.indexOf('\t');
            events.add(new TraceEvent(at, line.substring(0, tab), line.substring(tab + 1)));
        }
        return events;
    }
}
