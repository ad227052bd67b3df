// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Who comes next: parties share by weight, whatever each has waiting (start-time fair queuing), and the lanes of one party
 * take turns.
 *
 * <p>A party that was away comes in at the time of the one served last, so that it neither has saved up nor owes more than
 * its last turn. Each step costs the logarithm of the number of parties. For one thread.
 *
 * @param <T> a lane; compared by identity or equality
 */
public final class FairLines<T> {
    private static final int MOST_REMEMBERED = 10_000;

    /** The next turn. */
    public record Turn<T>(String party, T lane) {}

    private static final class Line<T> implements Comparable<Line<T>> {
        private final String party;
        private long number;
        private final Set<T> lanes = new LinkedHashSet<>();
        private double tag;
        private boolean held;

        Line(String party, long number, double tag) {
            this.party = party;
            this.number = number;
            this.tag = tag;
        }

        @Override
        public int compareTo(Line<T> other) {
            int byTag = Double.compare(tag, other.tag);
            return byTag != 0 ? byTag : Long.compare(number, other.number);
        }
    }

    private final ToDoubleFunction<String> weight;
    private final Map<String, Line<T>> lines = new HashMap<>();
    private final TreeSet<Line<T>> waiting = new TreeSet<>();
    private double now;
    private long numbers;
    private int forgetAt = MOST_REMEMBERED;

    public FairLines(ToDoubleFunction<String> weight) {
        this.weight = weight;
    }

    /** Something of that party waits in that lane; nothing happens when it is known. */
    public void add(String party, T lane) {
        Line<T> line = lines.get(party);
        if (line == null) {
            forgetSome();
            line = new Line<>(party, numbers++, now);
            lines.put(party, line);
        }
        if (line.lanes.isEmpty() && !line.held) {
            line.tag = Math.max(line.tag, now);
            line.lanes.add(lane);
            waiting.add(line);
        } else {
            line.lanes.add(lane);
        }
    }

    /** Whose turn it is; empty when nobody waits. */
    public Optional<Turn<T>> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new Turn<>(
                        waiting.first().party, waiting.first().lanes.iterator().next()));
    }

    /** The turn was taken: the party pays for it, and its next lane is next. */
    public void served(Turn<T> turn) {
        Line<T> line = lines.get(turn.party());
        if (line == null || !line.lanes.remove(turn.lane())) {
            return;
        }
        waiting.remove(line);
        now = Math.max(now, line.tag);
        line.number = numbers++;
        line.tag += 1 / weight.applyAsDouble(line.party);
        line.lanes.add(turn.lane());
        if (!line.held) {
            waiting.add(line);
        }
    }

    /** Nothing of that party waits in that lane any more. */
    public void remove(String party, T lane) {
        Line<T> line = lines.get(party);
        if (line != null && line.lanes.remove(lane) && line.lanes.isEmpty()) {
            waiting.remove(line);
        }
    }

    /** Keeps a party back until {@link #release}, also what it adds meanwhile. */
    public void hold(String party) {
        Line<T> line = lines.computeIfAbsent(party, name -> new Line<>(name, numbers++, now));
        waiting.remove(line);
        line.held = true;
    }

    public void release(String party) {
        Line<T> line = lines.get(party);
        if (line != null && line.held) {
            line.held = false;
            line.tag = Math.max(line.tag, now);
            if (!line.lanes.isEmpty()) {
                waiting.add(line);
            }
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Parties that have had their last turn long ago owe nothing any more. */
    private void forgetSome() {
        if (lines.size() < forgetAt) {
            return;
        }
        for (Iterator<Line<T>> each = lines.values().iterator(); each.hasNext(); ) {
            Line<T> line = each.next();
            if (line.lanes.isEmpty() && !line.held && line.tag <= now) {
                each.remove();
            }
        }
        forgetAt = Math.max(MOST_REMEMBERED, 2 * lines.size());
    }
}
