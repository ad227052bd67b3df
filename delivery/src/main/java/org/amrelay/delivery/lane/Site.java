// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.shaping.FairLines;
import org.amrelay.delivery.shaping.Reaction;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.SiteThrottle;
import org.amrelay.delivery.shaping.SiteThrottle.Blocked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all lanes to one provider share: how many deliveries at a time and in which rate, whose turn it is, and what the
 * provider's replies have led to.
 *
 * <p>Lanes come with the parties that have something due; the site gives out turns, fair between parties, until a limit
 * is reached. For the engine's thread.
 */
final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final int MOST_HELD = 1000;

    private final String name;
    private final LaneHost host;
    private final LaneLimits limits;
    private final SiteThrottle throttle;
    private final SourceGate gate;
    private final FairLines<Lane> lines;
    private final SiteTrouble trouble = new SiteTrouble();
    private final Map<String, Instant> held = new HashMap<>();
    private Instant lastUsed = Instant.EPOCH;
    private int active;
    private boolean pumping;
    private boolean pumpAgain;

    Site(String name, LaneHost host, LaneLimits limits, Shaping shaping) {
        this.name = name;
        this.host = host;
        this.limits = limits;
        this.throttle = shaping.throttle(name);
        this.gate = new SourceGate(shaping.sourceCaps(), name, host::now);
        this.lines = new FairLines<>(shaping.rules()::weight);
    }

    String name() {
        return name;
    }

    /** A party has something due in a lane. */
    void offer(Lane lane, String party) {
        lines.add(party, lane);
        pump();
    }

    /** The lane goes to another site. */
    void withdraw(Lane lane, Iterable<String> parties) {
        parties.forEach(party -> lines.remove(party, lane));
    }

    /** Gives out turns while the limits allow it. */
    void pump() {
        if (pumping) {
            pumpAgain = true;
            return;
        }
        pumping = true;
        try {
            do {
                pumpAgain = false;
                giveTurns(host.now());
            } while (pumpAgain);
        } finally {
            pumping = false;
        }
    }

    private void giveTurns(Instant now) {
        lastUsed = now;
        freeHeld(now);
        while (!host.isStopping() && !lines.isEmpty() && active < throttle.concurrency(limits.laneConcurrency())) {
            Optional<Blocked> blocked = throttle.blocked(now);
            if (blocked.isPresent()) {
                host.waitForTime(this);
                return;
            }
            FairLines.Turn<Lane> turn = lines.next().orElseThrow();
            switch (turn.lane().turn(turn.party(), now)) {
                case STARTED -> {
                    active++;
                    throttle.began(now);
                    lines.served(turn);
                }
                case NOTHING_MORE -> lines.remove(turn.party(), turn.lane());
                case NO_CONNECTION -> {
                    host.waitForPermit(this);
                    return;
                }
            }
        }
    }

    private void freeHeld(Instant now) {
        for (Iterator<Map.Entry<String, Instant>> each = held.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Instant> entry = each.next();
            if (!now.isBefore(entry.getValue())) {
                each.remove();
                lines.release(entry.getKey());
            }
        }
    }

    /**
     * An attempt that was begun here has ended.
     *
     * @return its fates as the rules see them: a refusal that is not the mail's fault is for later
     */
    List<Fate> ended(String party, List<Fate> fates) {
        active--;
        Instant now = host.now();
        if (fates.stream().anyMatch(fate -> fate.kind() == Kind.ACCEPTED)) {
            throttle.delivered(now);
        }
        fates.forEach(fate -> trouble.ended(fate, now));
        Map<String, Optional<Reaction>> reactions = new HashMap<>();
        return fates.stream()
                .map(fate -> {
                    boolean bad = fate.kind() != Kind.ACCEPTED && !fate.peer().isEmpty();
                    Optional<Reaction> reaction = bad
                            ? reactions.computeIfAbsent(fate.reply().toString(), text -> learn(party, fate, now))
                            : Optional.empty();
                    boolean keep = fate.kind() == Kind.REFUSED
                            && reaction.filter(Reaction::keepMail).isPresent();
                    return keep ? fate.forLater() : fate;
                })
                .toList();
    }

    private Optional<Reaction> learn(String party, Fate fate, Instant now) {
        Optional<Reaction> reaction = throttle.answered(fate.reply(), now);
        reaction.flatMap(Reaction::decision).ifPresent(decision -> LOG.warn("{}: {}", name, decision));
        Duration hold = reaction.map(Reaction::holdAccount).orElse(Duration.ZERO);
        if (!hold.isZero() && !party.isEmpty() && held.size() < MOST_HELD) {
            held.merge(party, now.plus(hold), (one, other) -> one.isAfter(other) ? one : other);
            lines.hold(party);
            host.waitForTime(this);
            LOG.warn("{}: mail of {} is kept back until {} because {}", name, party, held.get(party), fate.reply());
        }
        return reaction;
    }

    /** From which addresses of ours mail may leave to it. */
    SourceGate gate() {
        return gate;
    }

    SiteThrottle throttle() {
        return throttle;
    }

    /** Whether time alone changes something here. */
    boolean waitsForTime() {
        return !held.isEmpty() || !lines.isEmpty();
    }

    /** Whether nothing would be lost if the site were forgotten. */
    boolean isForgettable(Instant now, Duration idle) {
        return active == 0
                && lines.isEmpty()
                && held.isEmpty()
                && throttle.factor() >= 1
                && throttle.pausedUntil().isEmpty()
                && lastUsed.plus(idle).isBefore(now);
    }

    /**
     * How the site stands.
     *
     * @param lanes next hops that belong to it
     * @param waiting deliveries that wait for them
     */
    SiteReport report(int lanes, long waiting) {
        Instant now = host.now();
        throttle.blocked(now);
        return new SiteReport(
                name,
                now,
                lanes,
                waiting,
                active,
                throttle.concurrency(limits.laneConcurrency()),
                throttle.factor(),
                throttle.ratePerSecond(),
                throttle.deliveredPerSecond(now),
                why(now),
                throttle.pausedUntil(),
                throttle.nextRaise(),
                throttle.decisions(),
                Map.copyOf(held));
    }

    private String why(Instant now) {
        String slowed = throttle.sentence(now);
        return slowed.isEmpty() ? trouble.sentence() : slowed;
    }
}
