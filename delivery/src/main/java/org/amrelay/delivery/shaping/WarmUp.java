// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * How much a new source address may send to each site on its first days.
 *
 * @param source the address, or any name for it; under this name the start is remembered
 * @param start the first day; when it is not given, the day of the first delivery under that name
 * @param caps deliveries to each site on the first day, the second and so on; after the last day there is no cap
 */
public record WarmUp(String source, Optional<LocalDate> start, List<Long> caps) {
    public WarmUp {
        caps = List.copyOf(caps);
        if (caps.isEmpty() || caps.stream().anyMatch(cap -> cap < 1)) {
            throw new IllegalArgumentException("a warm-up needs a cap for each day, 1 or more");
        }
    }

    /** The same with its start. */
    WarmUp startingAt(LocalDate day) {
        return new WarmUp(source, Optional.of(day), caps);
    }

    /** Which day of the warm-up that is, from 1; 0 before it and after it. */
    int day(Instant now) {
        long day = start.map(first -> LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - first.toEpochDay() + 1)
                .orElse(1L);
        return day < 1 || day > caps.size() ? 0 : (int) day;
    }

    /** The cap of that day; 0 when there is none. Before the start the first day's holds. */
    long cap(Instant now) {
        boolean early = start.filter(first -> first.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .isPresent();
        int day = early ? 1 : day(now);
        return day == 0 ? 0 : caps.get(day - 1);
    }
}
