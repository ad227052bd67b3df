// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Different recipients in a window; each is kept with its last time, and never more than the limit. */
final class DistinctCount implements LimitCount {
    private final long length;
    private final boolean sliding;
    /** By last time, the oldest first. */
    private final Map<String, Long> seen = new LinkedHashMap<>();

    DistinctCount(LimitWindow window) {
        this.length = window.length().toMillis();
        this.sliding = window.sliding();
    }

    private boolean isOver(long time, long now) {
        return sliding ? now - time >= length : Math.floorDiv(time, length) < Math.floorDiv(now, length);
    }

    private void moveTo(long now) {
        Iterator<Long> times = seen.values().iterator();
        while (times.hasNext() && isOver(times.next(), now)) {
            times.remove();
        }
    }

    @Override
    public Optional<Instant> objection(LimitClaim claim, long now) {
        moveTo(now);
        if (seen.containsKey(claim.member()) || seen.size() < claim.rule().most()) {
            return Optional.empty();
        }
        long oldest = seen.values().iterator().next();
        return Optional.of(Instant.ofEpochMilli(sliding ? oldest + length : (Math.floorDiv(now, length) + 1) * length));
    }

    @Override
    public void add(LimitClaim claim, long now) {
        moveTo(now);
        seen.remove(claim.member());
        seen.put(claim.member(), now);
    }

    @Override
    public int weight() {
        return 1 + seen.size();
    }
}
