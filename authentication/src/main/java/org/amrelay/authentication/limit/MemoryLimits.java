// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The counts in the memory of this process; a restart forgets them.
 *
 * <p>Holds so many entries and no more: what was not asked for the longest time is forgotten first. Safe for several
 * threads, does not block.
 */
public final class MemoryLimits implements LimitStore {
    /** Some 30 MB, 100 MB when all of it is the longest addresses. */
    private static final long MOST_ENTRIES = 200_000;

    private final long most;
    private final Map<String, LimitCount> counts = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    public MemoryLimits() {
        this(MOST_ENTRIES);
    }

    /** @param most entries: one for a sum, one for each recipient that a rule tells apart */
    MemoryLimits(long most) {
        this.most = most;
    }

    @Override
    public synchronized LimitVerdict claim(List<LimitClaim> claims, Instant now) {
        long millis = now.toEpochMilli();
        for (LimitClaim claim : claims) {
            LimitCount count = count(claim);
            int before = count.weight();
            Optional<Instant> room = count.objection(claim, millis);
            // What left the window is forgotten on the way
            entries += count.weight() - before;
            if (room.isPresent()) {
                forgetTheOldest();
                return new LimitVerdict.Exceeded(claim, room.get());
            }
        }
        for (LimitClaim claim : claims) {
            LimitCount count = count(claim);
            int before = count.weight();
            count.add(claim, millis);
            entries += count.weight() - before;
        }
        forgetTheOldest();
        return new LimitVerdict.Admitted();
    }

    private LimitCount count(LimitClaim claim) {
        LimitCount known = counts.get(claim.key());
        if (known != null) {
            return known;
        }
        LimitWindow window = claim.rule().window();
        LimitCount made = switch (claim.rule().measure()) {
            case MESSAGES, RECIPIENTS, BYTES -> new SumCount(window);
            case DISTINCT_RECIPIENTS -> new DistinctCount(window);
            case NEW_RECIPIENTS -> new NewcomerCount(window);
        };
        counts.put(claim.key(), made);
        entries += made.weight();
        return made;
    }

    private void forgetTheOldest() {
        Iterator<LimitCount> oldest = counts.values().iterator();
        while (entries > most && counts.size() > 1) {
            entries -= oldest.next().weight();
            oldest.remove();
        }
    }

    synchronized int size() {
        return counts.size();
    }
}
