// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Hours of days; of a window over midnight the part behind midnight belongs to the day on which it began. Immutable.
 *
 * @param from in seconds of the day
 * @param to in seconds of the day, not included
 */
record RuleHours(Set<DayOfWeek> days, int from, int to, ZoneId zone) {
    private static final int WHOLE_DAY = 24 * 60 * 60;

    /** @throws IllegalArgumentException with a sentence */
    static RuleHours of(TimeSettings settings) {
        try {
            return new RuleHours(
                    settings.days().isEmpty() ? Set.of(DayOfWeek.values()) : settings.days(),
                    seconds(settings.from()),
                    seconds(settings.to()),
                    ZoneId.of(settings.zone()));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "'from' and 'to' are times such as 08:30, 'zone' is one such as Europe/Berlin", unknown);
        }
    }

    private static int seconds(String text) {
        return text.equals("24:00") ? WHOLE_DAY : LocalTime.parse(text).toSecondOfDay();
    }

    boolean includes(Instant instant) {
        ZonedDateTime there = instant.atZone(zone);
        int second = there.toLocalTime().toSecondOfDay();
        if (from < to) {
            return second >= from && second < to && days.contains(there.getDayOfWeek());
        }
        return second >= from
                ? days.contains(there.getDayOfWeek())
                : second < to && days.contains(there.getDayOfWeek().minus(1));
    }
}
