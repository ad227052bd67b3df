// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.amrelay.delivery.queue.LaneStatus;
import org.amrelay.delivery.route.NextHop;

/**
 * Which deliveries to which next hop are due next, in memory: 16 bytes a delivery, some hundred a next hop.
 *
 * <p>Safe for several threads. Entries may be out of date (held, claimed, done, or due at another time), so whoever takes
 * one looks at the delivery; entries are never missing. The counts are exact.
 */
final class LaneIndex {
    private static final class Lane {
        private final NextHop nextHop;
        private final LongHeap due = new LongHeap();
        private long waiting;

        private Lane(NextHop nextHop) {
            this.nextHop = nextHop;
        }
    }

    private final Map<String, Lane> lanes = new HashMap<>();
    private long all;

    /** A delivery that is new to memory. */
    synchronized void came(String nextHop, long id, long dueAt, boolean held) {
        all++;
        if (!held) {
            waits(nextHop, id, dueAt);
        }
    }

    /** A delivery that waits again: tried, given back, released. */
    synchronized void waits(String nextHop, long id, long dueAt) {
        Lane lane = lanes.get(nextHop);
        if (lane == null) {
            lane = new Lane(NextHop.parse(nextHop));
            lanes.put(nextHop, lane);
        }
        lane.waiting++;
        lane.due.add(dueAt, id);
    }

    /** A delivery that was waiting has been claimed, held or cancelled. */
    synchronized void waitsNoMore(String nextHop) {
        Lane lane = lanes.get(nextHop);
        if (lane != null && --lane.waiting <= 0) {
            lanes.remove(nextHop);
        }
    }

    /** A delivery that is no more. */
    synchronized void went() {
        all--;
    }

    /** Puts an entry back that was polled; the delivery has been waiting all the time. */
    synchronized void putBack(String nextHop, long id, long dueAt) {
        Lane lane = lanes.get(nextHop);
        if (lane != null) {
            lane.due.add(dueAt, id);
        }
    }

    /** Takes the entry that is due first away; its delivery still counts as waiting. */
    synchronized OptionalLong poll(String nextHop, long now) {
        Lane lane = lanes.get(nextHop);
        if (lane == null || lane.due.isEmpty() || lane.due.firstOrder() > now) {
            return OptionalLong.empty();
        }
        long id = lane.due.firstId();
        lane.due.removeFirst();
        return OptionalLong.of(id);
    }

    synchronized List<LaneStatus> lanes() {
        List<LaneStatus> found = new ArrayList<>(lanes.size());
        for (Iterator<Lane> each = lanes.values().iterator(); each.hasNext(); ) {
            Lane lane = each.next();
            if (!lane.due.isEmpty()) {
                found.add(new LaneStatus(lane.nextHop, lane.waiting, Instant.ofEpochMilli(lane.due.firstOrder())));
            }
        }
        return found;
    }

    /** All deliveries, held and claimed ones too. */
    synchronized long all() {
        return all;
    }
}
