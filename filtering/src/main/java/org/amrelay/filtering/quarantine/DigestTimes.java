// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * When digests are sent.
 *
 * @param times of each day, ascending, at least one
 */
public record DigestTimes(List<LocalTime> times, ZoneId zone) {
    private static final int MOST = 24;

    public DigestTimes {
        times = times.stream().sorted().distinct().toList();
        if (times.isEmpty() || times.size() > MOST) {
            throw new IllegalArgumentException("digests have 1 to " + MOST + " times a day");
        }
    }

    /**
     * Reads times such as {@code 07:00, 16:30}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static DigestTimes parse(String text, ZoneId zone) {
        List<LocalTime> times = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    times.add(LocalTime.parse(part.strip()));
                } catch (DateTimeException wrong) {
                    throw new IllegalArgumentException("'" + part.strip() + "' is not a time such as 07:00", wrong);
                }
            }
        }
        return new DigestTimes(times, zone);
    }

    /** The last such time that is not after an instant. */
    public Instant lastUntil(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant last = at(today.minusDays(1), times.get(times.size() - 1));
        for (LocalTime time : times) {
            Instant next = at(today, time);
            if (!next.isAfter(now)) {
                last = next;
            }
        }
        return last;
    }

    private Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant();
    }
}
