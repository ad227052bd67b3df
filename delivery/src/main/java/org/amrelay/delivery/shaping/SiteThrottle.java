// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.reply.Reply;

/**
 * When a site may be given the next delivery, and how many at a time.
 *
 * <p>The limits of the rules hold in full; while the site is slowed down, concurrency and rate are a part of them. A site
 * without a rate is then held to a part of what it was given before, measured over the last ten minutes and at least one a second. For one thread.
 */
public final class SiteThrottle {
    private static final double LEAST_RATE = 1.0 / 60;
    private static final double LEAST_REFERENCE = 1;
    private static final double BURST_SECONDS = 1;

    private final SiteLimits limits;
    private final BackOff backOff;
    private final RateWindows windows;
    private final RateMeter begun = new RateMeter();
    private final RateMeter delivered = new RateMeter();
    private double reference;
    private double credit;
    private Instant creditAt = Instant.EPOCH;
    private final boolean countsDays;
    private boolean changed;

    /** @param remembered what {@link #remembered()} said before the restart, empty text when nothing is known */
    public SiteThrottle(String name, ShapingRules rules, String remembered) {
        this.limits = rules.limitsOf(name);
        this.backOff = new BackOff(name, rules);
        this.windows = new RateWindows(limits, rules.warmUp());
        this.countsDays = limits.perDay() > 0 || rules.warmUp().isPresent();
        if (!remembered.isEmpty()) {
            remember(remembered);
        }
    }

    private void remember(String text) {
        try {
            String[] parts = text.split(";", 3);
            windows.remember(parts[0]);
            reference = Double.parseDouble(parts[1]);
            backOff.remember(parts[2]);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // A note that cannot be read is no note; the site is learned anew
            reference = 0;
        }
    }

    /** In one line, for a restart. */
    public String remembered() {
        return windows.remembered() + ";" + reference + ";" + backOff.remembered();
    }

    /** Whether there is something new to remember; says so once. */
    public boolean hasChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * How many deliveries may be under way.
     *
     * @param most what the engine allows a site
     */
    public int concurrency(int most) {
        int full = limits.concurrency() > 0 ? limits.concurrency() : most;
        return backOff.factor() < 1 ? Math.max(1, (int) (full * backOff.factor())) : full;
    }

    /** Messages over one connection. */
    public int perConnection(int most) {
        return limits.perConnection() > 0 ? limits.perConnection() : most;
    }

    /** Until when nothing may begin and why; empty when one more may begin now. */
    public Optional<Blocked> blocked(Instant now) {
        if (backOff.raise(now).isPresent()) {
            changed = true;
        }
        Optional<Instant> paused = backOff.pausedUntil();
        if (paused.isPresent()) {
            return paused.map(until -> new Blocked(until, "paused"));
        }
        Optional<Blocked> full = windows.full(now).map(window -> new Blocked(window.until(), window.why()));
        if (full.isPresent() || backOff.factor() >= 1) {
            return full;
        }
        refill(now);
        return credit >= 1
                ? Optional.empty()
                : Optional.of(new Blocked(
                        now.plusMillis(1 + (long) ((1 - credit) * 1000 / slowRate())), "the rate is lowered"));
    }

    /** Nothing may begin until then. */
    public record Blocked(Instant until, String why) {}

    private double slowRate() {
        double full = limits.strictestRate() > 0 ? limits.strictestRate() : reference;
        return Math.max(LEAST_RATE, full * backOff.factor());
    }

    private void refill(Instant now) {
        double rate = slowRate();
        double most = Math.max(1, rate * BURST_SECONDS);
        double passed = Math.max(0, Duration.between(creditAt, now).toMillis() / 1000.0);
        credit = Math.min(most, credit + passed * rate);
        creditAt = now;
    }

    public void began(Instant now) {
        changed |= countsDays || backOff.factor() < 1;
        windows.began(now);
        begun.count(now);
        if (backOff.factor() < 1) {
            credit -= 1;
        }
    }

    public void delivered(Instant now) {
        delivered.count(now);
    }

    /** Learns from a negative reply; empty when no rule fits it. */
    public Optional<Reaction> answered(Reply reply, Instant now) {
        double before = backOff.factor();
        Optional<Reaction> reaction = backOff.answered(reply, now);
        if (before >= 1 && backOff.factor() < 1) {
            reference = Math.max(LEAST_REFERENCE, begun.perSecond(now));
            credit = 0;
            creditAt = now;
        }
        changed |= reaction.isPresent();
        return reaction;
    }

    /** Why the site is slow, in one sentence; empty text when it is not. */
    public String sentence(Instant now) {
        String slow = backOff.sentence(now);
        String full = backOff.pausedUntil().isPresent()
                ? ""
                : windows.full(now)
                        .map(window -> window.why() + "; goes on " + BackOff.time(window.until(), now))
                        .orElse("");
        return slow.isEmpty() || full.isEmpty() ? slow + full : slow + "; " + full;
    }

    public double factor() {
        return backOff.factor();
    }

    public Optional<Instant> pausedUntil() {
        return backOff.pausedUntil();
    }

    public Optional<Instant> nextRaise() {
        return backOff.nextRaise();
    }

    public List<Decision> decisions() {
        return backOff.decisions();
    }

    public SiteLimits limits() {
        return limits;
    }

    /** Deliveries that were taken, a second, of the last ten minutes. */
    public double deliveredPerSecond(Instant now) {
        return delivered.perSecond(now);
    }

    /** The most that may begin in a second; 0 when nothing limits it. */
    public double ratePerSecond() {
        return backOff.factor() < 1 ? slowRate() : limits.strictestRate();
    }
}
