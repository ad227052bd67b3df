// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A sum over a window, in buckets: a sliding window is counted with up to a sixteenth more than its length, so that never
 * more than the limit falls into any stretch of that length.
 */
final class SumCount implements LimitCount {
    private static final int SLICES = 16;

    private final long width;
    private final long[] buckets;
    private long newest;

    SumCount(LimitWindow window) {
        long length = window.length().toMillis();
        this.width = window.sliding() ? (length + SLICES - 1) / SLICES : length;
        this.buckets = new long[window.sliding() ? SLICES + 1 : 1];
    }

    /** Empties what has left the window; a clock that goes back changes nothing. */
    private void moveTo(long now) {
        long index = Math.floorDiv(now, width);
        if (index - newest >= buckets.length) {
            Arrays.fill(buckets, 0);
            newest = index;
        }
        while (newest < index) {
            newest++;
            buckets[at(newest)] = 0;
        }
    }

    private int at(long index) {
        return (int) Math.floorMod(index, (long) buckets.length);
    }

    long sum(long now) {
        moveTo(now);
        return Arrays.stream(buckets).sum();
    }

    void add(long amount, long now) {
        moveTo(now);
        buckets[at(newest)] += amount;
    }

    /** When so much less is in the window that the amount fits. */
    Instant room(long amount, long most, long now) {
        long left = sum(now);
        long index = newest - buckets.length + 1;
        while (index < newest && left + amount > most) {
            left -= buckets[at(index)];
            index++;
        }
        // The bucket before this one was the last that had to leave; what is too much by itself waits for all of them
        long leaves = left + amount > most ? newest : index - 1;
        return Instant.ofEpochMilli((leaves + buckets.length) * width);
    }

    @Override
    public Optional<Instant> objection(LimitClaim claim, long now) {
        long most = claim.rule().most();
        return sum(now) + claim.amount() <= most ? Optional.empty() : Optional.of(room(claim.amount(), most, now));
    }

    @Override
    public void add(LimitClaim claim, long now) {
        add(claim.amount(), now);
    }

    @Override
    public int weight() {
        return 1;
    }
}
