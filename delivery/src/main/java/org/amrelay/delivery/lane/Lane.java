// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.lane.ConnectionPool.Pooled;
import org.amrelay.delivery.lane.DeliveryAttempt.Ended;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.NextHop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries to one next hop: how many at a time, and when to rest.
 *
 * <p>The window begins small and grows with success, so that a dead destination never holds many connections. When no
 * host can be reached the lane rests for a growing time; what is due meanwhile is put off at once with the reason, in
 * the order of its own schedule. When some conversations run and another one is turned away, the peer wants fewer: the
 * window shrinks to those that run. For the engine's thread.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int FIRST_WINDOW = 3;
    private static final int DEFERRED_AT_ONCE = 50;
    private static final int SUCCESSES_TO_GROW_AGAIN = 50;

    private final NextHop nextHop;
    private final LaneHost host;
    private final LaneLimits limits;
    private final Deque<QueuedDelivery> claimed = new ArrayDeque<>();
    private final Set<DeliveryAttempt> running = new HashSet<>();

    private int window;
    private int reporting;
    private int successes;
    private boolean turnedAway;
    private boolean storeMayHaveMore;
    private Optional<Instant> pausedUntil = Optional.empty();
    private Fate pauseReason;
    private Duration nextPause;

    Lane(NextHop nextHop, LaneHost host, LaneLimits limits, Fate noReason) {
        this.nextHop = nextHop;
        this.host = host;
        this.limits = limits;
        this.window = Math.min(FIRST_WINDOW, limits.laneConcurrency());
        this.nextPause = limits.shortestPause();
        this.pauseReason = noReason;
    }

    NextHop nextHop() {
        return nextHop;
    }

    /** Something became due in the store, or may have. */
    void wake() {
        storeMayHaveMore = true;
        fill();
    }

    /** Starts what may start. */
    void fill() {
        if (host.isStopping()) {
            return;
        }
        Instant now = host.now();
        if (pausedUntil.isPresent() && now.isBefore(pausedUntil.get())) {
            deferDue(now);
            return;
        }
        pausedUntil = Optional.empty();
        while (running.size() < window && reporting <= 2 * limits.laneConcurrency()) {
            if (claimed.isEmpty() && !storeMayHaveMore) {
                return;
            }
            // A connection first: lanes that wait for one hold no messages in memory
            Optional<Pooled> kept = host.pool().takeIdle(nextHop);
            if (kept.isEmpty() && !host.pool().takePermit()) {
                host.waitForPermit(this);
                return;
            }
            if (claimed.isEmpty() && !claim(now, Math.max(2, window))) {
                kept.ifPresentOrElse(host.pool()::giveBack, host.pool()::freePermit);
                return;
            }
            start(claimed.removeFirst(), kept);
        }
    }

    private boolean claim(Instant now, int most) {
        if (!storeMayHaveMore) {
            return false;
        }
        List<QueuedDelivery> found = host.claim(nextHop, now, most);
        storeMayHaveMore = found.size() == most;
        claimed.addAll(found);
        return !found.isEmpty();
    }

    private void start(QueuedDelivery delivery, Optional<Pooled> kept) {
        AttemptSlot slot = new AttemptSlot();
        DeliveryAttempt attempt =
                new DeliveryAttempt(host.tools(), delivery, ended -> ended(slot.attempt(), delivery, ended));
        slot.set(attempt);
        running.add(attempt);
        attempt.begin(kept);
    }

    private void ended(DeliveryAttempt attempt, QueuedDelivery delivery, Ended ended) {
        running.remove(attempt);
        if (ended.unreachable() && !running.isEmpty() && !host.isStopping()) {
            turnedAway = true;
            window = running.size();
            claimed.addFirst(delivery);
            return;
        }
        if (ended.unreachable()) {
            rest(ended.fates().get(0));
        } else {
            grow(ended);
        }
        conclude(delivery, ended.fates());
        fill();
    }

    private void grow(Ended ended) {
        nextPause = limits.shortestPause();
        if (ended.fates().stream().anyMatch(fate -> fate.kind() == Kind.ACCEPTED)) {
            successes++;
            if (window < limits.laneConcurrency() && (!turnedAway || successes >= SUCCESSES_TO_GROW_AGAIN)) {
                successes = 0;
                window++;
            }
        }
    }

    private void rest(Fate reason) {
        window = 1;
        pauseReason = reason;
        pausedUntil = Optional.of(host.now().plus(nextPause));
        nextPause = nextPause.multipliedBy(2).compareTo(limits.longestPause()) > 0
                ? limits.longestPause()
                : nextPause.multipliedBy(2);
        LOG.info("{} rests until {}: {}", nextHop, pausedUntil.get(), reason.reply());
    }

    private void deferDue(Instant now) {
        if (reporting > DEFERRED_AT_ONCE || (claimed.isEmpty() && !claim(now, DEFERRED_AT_ONCE))) {
            return;
        }
        while (!claimed.isEmpty()) {
            QueuedDelivery delivery = claimed.removeFirst();
            conclude(
                    delivery,
                    java.util.Collections.nCopies(delivery.recipients().size(), pauseReason));
        }
    }

    private void conclude(QueuedDelivery delivery, List<Fate> fates) {
        reporting++;
        host.conclude(delivery, fates, pausedUntil, () -> {
            reporting--;
            fill();
        });
    }

    /** Gives back what was claimed and not begun. */
    List<QueuedDelivery> surrender() {
        List<QueuedDelivery> all = List.copyOf(claimed);
        claimed.clear();
        return all;
    }

    void cutOff() {
        running.forEach(DeliveryAttempt::cutOff);
    }

    boolean isConversing() {
        return !running.isEmpty();
    }

    /** Whether nothing would be lost if the lane were forgotten. */
    boolean isForgettable(Instant now) {
        boolean rests = pausedUntil.isPresent() && now.isBefore(pausedUntil.get());
        return running.isEmpty() && reporting == 0 && claimed.isEmpty() && !rests;
    }

    LaneReport report() {
        return new LaneReport(
                nextHop,
                running.size(),
                window,
                claimed.size(),
                host.pool().idleOf(nextHop),
                pausedUntil,
                pausedUntil.isPresent() ? pauseReason.reply().toString() : "");
    }

    /** Lets an attempt's callback name the attempt, which exists only after the callback. */
    private static final class AttemptSlot {
        private Optional<DeliveryAttempt> attempt = Optional.empty();

        void set(DeliveryAttempt value) {
            attempt = Optional.of(value);
        }

        DeliveryAttempt attempt() {
            return attempt.orElseThrow();
        }
    }
}
