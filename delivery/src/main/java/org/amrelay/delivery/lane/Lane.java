// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.lane.ConnectionPool.Pooled;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.NextHop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries to one next hop: how many at a time, and when to rest.
 *
 * <p>The lane offers what is due to its site, party by party, and begins a delivery when the site gives it the turn. The
 * window begins small and grows with success, so that a dead destination never holds many connections. When no host can be
 * reached the lane rests for a growing time; what is due meanwhile is put off at once with the reason, in the order of its
 * own schedule. When some conversations run and another one is turned away, the peer wants fewer: the window shrinks to
 * those that run. For the engine's thread.
 */
final class Lane {
    /** What came of a turn. */
    enum Turn {
        STARTED,
        /** Nothing is due, or the lane offers the party again by itself. */
        NOTHING_MORE,
        NO_CONNECTION
    }

    private record Turned(QueuedDelivery delivery, String party) {}

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int FIRST_WINDOW = 3;
    private static final int DEFERRED_AT_ONCE = 50;
    private static final int SUCCESSES_TO_GROW_AGAIN = 50;

    private final NextHop nextHop;
    private final LaneHost host;
    private final LaneLimits limits;
    private final Deque<Turned> again = new ArrayDeque<>();
    private final Set<DeliveryAttempt> running = new HashSet<>();
    /** Parties that have something due and are not offered to the site at the moment. */
    private final Set<String> parked = new LinkedHashSet<>();

    private final Set<String> offered = new HashSet<>();

    private Optional<Site> site = Optional.empty();
    private Instant siteLearntAt = Instant.EPOCH;
    private Instant lastUsed;
    private int window;
    private int reporting;
    private int successes;
    private boolean turnedAway;
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
        this.lastUsed = host.now();
    }

    NextHop nextHop() {
        return nextHop;
    }

    Optional<Site> site() {
        return site;
    }

    /** Since when the site is what it is; long ago when it must be looked up. */
    Instant siteLearntAt() {
        return siteLearntAt;
    }

    /** Joins a site, with all that is due. */
    void joins(Site joined, Instant at) {
        siteLearntAt = at;
        if (!site.equals(Optional.of(joined))) {
            site.ifPresent(left -> left.withdraw(this, offered));
            parked.addAll(offered);
            offered.clear();
            site = Optional.of(joined);
        }
        resume();
    }

    /** Something of that party became due in the store, or may have. */
    void wake(String party) {
        lastUsed = host.now();
        if (site.isEmpty()) {
            parked.add(party);
        } else if (!parked.contains(party)) {
            offer(party);
        }
    }

    private void offer(String party) {
        offered.add(party);
        site.orElseThrow().offer(this, party);
    }

    /** Offers what was parked, as there is room again. */
    private void resume() {
        if (site.isEmpty() || parked.isEmpty() || !hasRoom(host.now())) {
            return;
        }
        List<String> parties = List.copyOf(parked);
        parked.clear();
        parties.forEach(this::offer);
    }

    private boolean rests(Instant now) {
        return pausedUntil.isPresent() && now.isBefore(pausedUntil.get());
    }

    private boolean hasRoom(Instant now) {
        return rests(now)
                ? reporting <= DEFERRED_AT_ONCE
                : running.size() < window && reporting <= 2 * limits.laneConcurrency();
    }

    /** The site gives that party the turn. */
    Turn turn(String party, Instant now) {
        lastUsed = now;
        Turn turn = hasRoom(now) ? take(party, now) : park(party);
        if (turn == Turn.NOTHING_MORE) {
            offered.remove(party);
        }
        return turn;
    }

    private Turn park(String party) {
        parked.add(party);
        return Turn.NOTHING_MORE;
    }

    private Turn take(String party, Instant now) {
        if (rests(now)) {
            return putOff(party, now);
        }
        pausedUntil = Optional.empty();
        // A connection first: lanes that wait for one hold no messages in memory
        Optional<Pooled> kept = host.pool().takeIdle(nextHop, site.orElseThrow().gate());
        if (kept.isEmpty() && !host.pool().takePermit()) {
            return Turn.NO_CONNECTION;
        }
        Optional<QueuedDelivery> next = next(party, now);
        if (next.isEmpty()) {
            kept.ifPresentOrElse(host.pool()::giveBack, host.pool()::freePermit);
            return Turn.NOTHING_MORE;
        }
        start(new Turned(next.get(), party), site.orElseThrow(), kept);
        return Turn.STARTED;
    }

    private Optional<QueuedDelivery> next(String party, Instant now) {
        Turned first = again.peekFirst();
        if (first != null && first.party().equals(party)) {
            again.removeFirst();
            return Optional.of(first.delivery());
        }
        return host.claim(new Flow(nextHop, party), now, 1).stream().findFirst();
    }

    private Turn putOff(String party, Instant now) {
        again.forEach(turned -> conclude(turned.delivery(), pauseReason));
        again.clear();
        List<QueuedDelivery> due = host.claim(new Flow(nextHop, party), now, DEFERRED_AT_ONCE);
        due.forEach(delivery -> conclude(delivery, pauseReason));
        return due.size() < DEFERRED_AT_ONCE ? Turn.NOTHING_MORE : park(party);
    }

    private void start(Turned started, Site at, Optional<Pooled> kept) {
        int most = at.throttle().perConnection(limits.mostPerConnection());
        DeliveryAttempt attempt = new DeliveryAttempt(
                host.tools(), started.delivery(), most, at.gate(), (which, ended) -> ended(which, started, at, ended));
        running.add(attempt);
        attempt.begin(kept);
    }

    private void ended(DeliveryAttempt attempt, Turned ran, Site at, AttemptEnd ended) {
        running.remove(attempt);
        List<Fate> fates = at.ended(ran.party(), ended.fates());
        if (ended.unreachable() && !running.isEmpty() && !host.isStopping()) {
            turnedAway = true;
            window = running.size();
            again.addFirst(ran);
            parked.add(ran.party());
        } else {
            if (ended.unreachable()) {
                rest(fates.get(0), ended.until());
            } else {
                grow(ended);
            }
            conclude(ran.delivery(), fates);
        }
        resume();
        at.pump();
    }

    private void grow(AttemptEnd ended) {
        nextPause = limits.shortestPause();
        if (ended.fates().stream().anyMatch(fate -> fate.kind() == Kind.ACCEPTED)) {
            successes++;
            if (window < limits.laneConcurrency() && (!turnedAway || successes >= SUCCESSES_TO_GROW_AGAIN)) {
                successes = 0;
                window++;
            }
        }
    }

    private void rest(Fate reason, Optional<Instant> until) {
        window = 1;
        pauseReason = reason;
        pausedUntil = until.or(() -> Optional.of(host.now().plus(nextPause)));
        Duration longer = nextPause.multipliedBy(2);
        nextPause = until.isPresent()
                ? limits.shortestPause()
                : longer.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : longer;
        LOG.info("{} rests until {}: {}", nextHop, pausedUntil.get(), reason.reply());
    }

    private void conclude(QueuedDelivery delivery, Fate reason) {
        conclude(delivery, Collections.nCopies(delivery.recipients().size(), reason));
    }

    private void conclude(QueuedDelivery delivery, List<Fate> fates) {
        reporting++;
        host.conclude(delivery, fates, pausedUntil, site.map(Site::name).orElse(""), () -> {
            reporting--;
            resume();
        });
    }

    /** Gives back what was claimed and not begun. */
    List<QueuedDelivery> surrender() {
        List<QueuedDelivery> all = again.stream().map(Turned::delivery).toList();
        again.clear();
        return all;
    }

    void cutOff() {
        running.forEach(DeliveryAttempt::cutOff);
    }

    boolean isConversing() {
        return !running.isEmpty();
    }

    /** Whether nothing would be lost if the lane were forgotten. */
    boolean isForgettable(Instant now, Duration idle) {
        return running.isEmpty()
                && reporting == 0
                && again.isEmpty()
                && parked.isEmpty()
                && offered.isEmpty()
                && !rests(now)
                && lastUsed.plus(idle).isBefore(now);
    }

    LaneReport report() {
        return new LaneReport(
                nextHop,
                running.size(),
                window,
                again.size(),
                host.pool().idleOf(nextHop),
                pausedUntil,
                pausedUntil.isPresent() ? pauseReason.reply().toString() : "");
    }
}
