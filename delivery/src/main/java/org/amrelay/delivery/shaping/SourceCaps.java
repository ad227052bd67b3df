// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much each new source address has sent to each site today, against the caps of its warm-up.
 *
 * <p>Days are those of UTC. Only addresses that warm up and days that have caps are counted. For one thread.
 */
public final class SourceCaps {
    private static final String NAME = "source ";
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private record Place(InetAddress source, String site) {
        @Override
        public String toString() {
            return NAME + source.getHostAddress() + " " + site;
        }
    }

    private record Count(long day, long begun) {}

    private final Map<InetAddress, WarmUp> plans;
    private final Map<String, String> remembered;
    private final Map<Place, Count> counts = new HashMap<>();
    private final Set<Place> changed = new HashSet<>();

    /** @param remembered what {@link #keep} kept before the restart, by name */
    SourceCaps(Map<InetAddress, WarmUp> plans, Map<String, String> remembered) {
        this.plans = Map.copyOf(plans);
        this.remembered = Map.copyOf(remembered);
    }

    /** Whether one more may leave from that address to that site today. */
    public boolean admits(InetAddress source, String site, Instant now) {
        WarmUp plan = plans.get(source);
        long cap = plan == null ? 0 : plan.cap(now);
        return cap == 0 || today(new Place(source, site), now).begun() < cap;
    }

    /** One leaves; or, given a negative number, has not left after all. */
    public void count(InetAddress source, String site, int more, Instant now) {
        WarmUp plan = plans.get(source);
        if (plan != null && plan.cap(now) > 0) {
            Place place = new Place(source, site);
            Count before = today(place, now);
            counts.put(place, new Count(before.day(), Math.max(0, before.begun() + more)));
            changed.add(place);
        }
    }

    private Count today(Place place, Instant now) {
        long day = now.getEpochSecond() / DAY;
        Count count = counts.computeIfAbsent(place, unknown -> read(remembered.getOrDefault(unknown.toString(), "")));
        return count.day() == day ? count : new Count(day, 0);
    }

    private static Count read(String text) {
        try {
            String[] words = text.split(" ", -1);
            return words.length == 2
                    ? new Count(Long.parseLong(words[0]), Math.max(0, Long.parseLong(words[1])))
                    : new Count(0, 0);
        } catch (NumberFormatException damaged) {
            return new Count(0, 0);
        }
    }

    /** When the next day begins. */
    public static Instant tomorrow(Instant now) {
        return Instant.ofEpochSecond((now.getEpochSecond() / DAY + 1) * DAY);
    }

    /** Keeps what has changed for a restart, and forgets other days. */
    void keep(ShapingMemory memory, Instant now) {
        for (Place place : changed) {
            Count count = counts.get(place);
            if (count != null) {
                memory.keep(place.toString(), count.day() + " " + count.begun());
            }
        }
        changed.clear();
        long day = now.getEpochSecond() / DAY;
        counts.values().removeIf(count -> count.day() < day);
    }
}
