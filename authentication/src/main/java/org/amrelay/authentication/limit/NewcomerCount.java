// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The share of recipients that were never written to before.
 *
 * <p>Without a past there is nothing to compare with: it objects only when {@value #BASELINE} recipients are known from
 * before the window, and {@value #LEAST} are in it. It remembers {@value #MOST_KNOWN}.
 */
final class NewcomerCount implements LimitCount {
    static final int BASELINE = 20;
    static final int LEAST = 20;
    private static final int MOST_KNOWN = 10_000;

    private final long length;
    private final SumCount all;
    private final SumCount newcomers;
    /** By first time, the oldest first. */
    private final Map<String, Long> known = new LinkedHashMap<>();

    NewcomerCount(LimitWindow window) {
        this.length = window.length().toMillis();
        this.all = new SumCount(window);
        this.newcomers = new SumCount(window);
    }

    private boolean hasBaseline(long now) {
        Iterator<Long> times = known.values().iterator();
        for (int i = 1; times.hasNext(); i++) {
            long time = times.next();
            if (now - time < length) {
                return false;
            }
            if (i == BASELINE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Instant> objection(LimitClaim claim, long now) {
        long total = all.sum(now) + 1;
        boolean tooMany = !known.containsKey(claim.member())
                && total >= LEAST
                && (newcomers.sum(now) + 1) * 100 > claim.rule().most() * total
                && hasBaseline(now);
        return tooMany ? Optional.of(newcomers.room(1, newcomers.sum(now), now)) : Optional.empty();
    }

    @Override
    public void add(LimitClaim claim, long now) {
        all.add(1, now);
        if (known.putIfAbsent(claim.member(), now) == null) {
            newcomers.add(1, now);
            if (known.size() > MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }

    @Override
    public int weight() {
        return 2 + known.size();
    }
}
