// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.LaneStatus;
import org.amrelay.delivery.route.NextHop;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of which flow are due next, in memory: 16 bytes a delivery, some hundred a flow.
 *
 * <p>Each step costs the logarithm of what waits. Safe for several threads. Entries may be out of date (held, claimed, done,
 * or due at another time), so whoever takes one looks at the delivery; entries are never missing. The counts are exact.
 */
final class LaneIndex {
    /** So long after a flow was told as due it is told again, when something of it is still due. */
    private static final long TELL_AGAIN_MILLIS = 60_000;

    private static final class Waiting {
        private final Flow flow;
        private final long number;
        private final LongHeap due = new LongHeap();
        private long waiting;
        private long toldAt = Long.MAX_VALUE;

        private Waiting(Flow flow, long number) {
            this.flow = flow;
            this.number = number;
        }
    }

    private final Map<NextHop, Map<String, Waiting>> hops = new HashMap<>();
    private final Map<Long, Waiting> byNumber = new HashMap<>();
    /** Numbers of flows by the time at which to look at them; an entry counts when the flow says the same time. */
    private final LongHeap times = new LongHeap();
    /** Deliveries that are cancelled at a time. */
    private final LongHeap cancelled = new LongHeap();

    private long numbers;
    private long all;

    /** A delivery that is new to memory. */
    synchronized void came(Flow flow, long id, long dueAt, boolean held) {
        all++;
        if (!held) {
            waits(flow, id, dueAt);
        }
    }

    /** A delivery that waits again: tried, given back, released. */
    synchronized void waits(Flow flow, long id, long dueAt) {
        Map<String, Waiting> flows = hops.computeIfAbsent(flow.nextHop(), hop -> new HashMap<>(2));
        Waiting entry = flows.get(flow.party());
        if (entry == null) {
            entry = new Waiting(flow, numbers++);
            flows.put(flow.party(), entry);
            byNumber.put(entry.number, entry);
        }
        entry.waiting++;
        entry.due.add(dueAt, id);
        lookAt(entry, dueAt);
    }

    private void lookAt(Waiting entry, long time) {
        if (time < entry.toldAt) {
            entry.toldAt = time;
            times.add(time, entry.number);
        }
    }

    /** A delivery that was waiting has been claimed, held or cancelled. */
    synchronized void waitsNoMore(Flow flow) {
        Waiting entry = find(flow);
        if (entry != null && --entry.waiting <= 0) {
            byNumber.remove(entry.number);
            Map<String, Waiting> flows = hops.get(flow.nextHop());
            if (flows != null && flows.remove(flow.party()) != null && flows.isEmpty()) {
                hops.remove(flow.nextHop());
            }
        }
    }

    private @Nullable Waiting find(Flow flow) {
        Map<String, Waiting> flows = hops.get(flow.nextHop());
        return flows == null ? null : flows.get(flow.party());
    }

    /** A delivery that is no more. */
    synchronized void went() {
        all--;
    }

    /** Puts an entry back that was polled; the delivery has been waiting all the time. */
    synchronized void putBack(Flow flow, long id, long dueAt) {
        Waiting entry = find(flow);
        if (entry != null) {
            entry.due.add(dueAt, id);
            lookAt(entry, dueAt);
        }
    }

    /** Takes the entry that is due first away; its delivery still counts as waiting. */
    synchronized OptionalLong poll(Flow flow, long now) {
        Waiting entry = find(flow);
        if (entry == null || entry.due.isEmpty() || entry.due.firstOrder() > now) {
            return OptionalLong.empty();
        }
        long id = entry.due.firstId();
        entry.due.removeFirst();
        return OptionalLong.of(id);
    }

    /** Flows with something due whose time to be told has come. */
    synchronized List<Flow> due(long now) {
        List<Flow> found = new ArrayList<>();
        while (!times.isEmpty() && times.firstOrder() <= now) {
            long time = times.firstOrder();
            Waiting entry = byNumber.get(times.firstId());
            times.removeFirst();
            if (entry == null || entry.toldAt != time) {
                continue;
            }
            entry.toldAt = Long.MAX_VALUE;
            if (!entry.due.isEmpty()) {
                boolean isDue = entry.due.firstOrder() <= now;
                if (isDue) {
                    found.add(entry.flow);
                }
                lookAt(entry, isDue ? now + TELL_AGAIN_MILLIS : entry.due.firstOrder());
            }
        }
        return found;
    }

    synchronized List<Flow> flows(NextHop nextHop) {
        return hops.getOrDefault(nextHop, Map.of()).values().stream()
                .filter(entry -> !entry.due.isEmpty())
                .sorted(Comparator.comparingLong((Waiting entry) -> entry.due.firstOrder())
                        .thenComparing(entry -> entry.due.firstId()))
                .map(entry -> entry.flow)
                .toList();
    }

    synchronized List<LaneStatus> lanes() {
        List<LaneStatus> found = new ArrayList<>(hops.size());
        hops.forEach((hop, flows) -> {
            long waiting = 0;
            long first = Long.MAX_VALUE;
            for (Waiting entry : flows.values()) {
                waiting += entry.waiting;
                first = entry.due.isEmpty() ? first : Math.min(first, entry.due.firstOrder());
            }
            if (first != Long.MAX_VALUE) {
                found.add(new LaneStatus(hop, waiting, Instant.ofEpochMilli(first)));
            }
        });
        return found;
    }

    /** A delivery that is held until then and cancelled if nobody changes that. */
    synchronized void cancelledAt(long id, long time) {
        cancelled.add(time, id);
    }

    synchronized OptionalLong pollCancelled(long now) {
        if (cancelled.isEmpty() || cancelled.firstOrder() > now) {
            return OptionalLong.empty();
        }
        long id = cancelled.firstId();
        cancelled.removeFirst();
        return OptionalLong.of(id);
    }

    /** All deliveries, held and claimed ones too. */
    synchronized long all() {
        return all;
    }
}
