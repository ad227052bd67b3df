// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.reply.Reply;

/**
 * How far a site is slowed down, why, and when it comes back.
 *
 * <p>A matching reply multiplies the factor; replies within the settling time after that only count, as they answer what
 * was under way. With every quiet stretch the factor rises a step. For one thread.
 */
final class BackOff {
    private static final int MOST_DECISIONS = 50;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final String site;
    private final ShapingRules rules;
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private double factor = 1;
    private Optional<Instant> pausedUntil = Optional.empty();
    private String cause = "";
    private long count;
    private Instant since = Instant.EPOCH;
    private Instant changedAt = Instant.EPOCH;
    private Instant nextRaise = Instant.EPOCH;

    BackOff(String site, ShapingRules rules) {
        this.site = site;
        this.rules = rules;
    }

    Optional<Reaction> answered(Reply reply, Instant now) {
        raise(now);
        for (ReplyRule rule : rules.replies()) {
            Optional<String> label = rule.match(site, reply);
            if (label.isPresent()) {
                return Optional.of(new Reaction(apply(rule, label.get(), now), rule.holdAccount(), rule.keepMail()));
            }
        }
        return Optional.empty();
    }

    private Optional<Decision> apply(ReplyRule rule, String label, Instant now) {
        if (!cause.equals(label)) {
            cause = label;
            count = 0;
            since = now;
        }
        count++;
        boolean changes = rule.slow() < 1 || !rule.pause().isZero();
        boolean settles = now.isBefore(changedAt.plus(rules.recovery().settle()));
        if (!changes || (settles && isSlow())) {
            nextRaise = isSlow() ? now.plus(rules.recovery().every()) : nextRaise;
            return Optional.empty();
        }
        changedAt = now;
        factor = Math.max(rules.recovery().lowest(), factor * rule.slow());
        if (!rule.pause().isZero()) {
            Instant until = now.plus(rule.pause());
            pausedUntil = Optional.of(pausedUntil.filter(until::isBefore).orElse(until));
        }
        nextRaise = pausedUntil.orElse(now).plus(rules.recovery().every());
        return Optional.of(decide(now, what(now), why(now), next(now)));
    }

    private Decision decide(Instant now, String what, String why, String next) {
        Decision decision = new Decision(now, what, why, next);
        decisions.addLast(decision);
        if (decisions.size() > MOST_DECISIONS) {
            decisions.removeFirst();
        }
        return decision;
    }

    /** Takes the steps back that are due; says what changed last. */
    Optional<Decision> raise(Instant now) {
        Optional<Decision> last = Optional.empty();
        if (pausedUntil.isPresent() && !now.isBefore(pausedUntil.get())) {
            pausedUntil = Optional.empty();
            last = Optional.of(decide(now, "goes on at " + rate(), "the pause is over", next(now)));
        }
        while (factor < 1 && !now.isBefore(nextRaise)) {
            factor = Math.min(1, factor + rules.recovery().by());
            nextRaise = nextRaise.plus(rules.recovery().every());
            last = Optional.of(decide(now, rate(), "nothing bad was answered meanwhile", next(now)));
        }
        if (!isSlow()) {
            cause = "";
            count = 0;
        }
        return last;
    }

    private boolean isSlow() {
        return factor < 1 || pausedUntil.isPresent();
    }

    private String rate() {
        return "rate " + Math.max(1, Math.round(factor * 100)) + " %";
    }

    private String what(Instant now) {
        return pausedUntil
                        .map(until -> "paused until " + time(until, now) + ", then ")
                        .orElse("")
                + rate();
    }

    private String why(Instant now) {
        return cause + " x" + count + " since " + time(since, now);
    }

    private String next(Instant now) {
        return factor < 1 ? "next raise " + time(nextRaise, now) : "";
    }

    static String time(Instant at, Instant now) {
        var moment = at.atOffset(ZoneOffset.UTC);
        boolean today = moment.toLocalDate().equals(now.atOffset(ZoneOffset.UTC).toLocalDate());
        return moment.format(today ? TIME : DAY_AND_TIME);
    }

    double factor() {
        return factor;
    }

    Optional<Instant> pausedUntil() {
        return pausedUntil;
    }

    /** {@code rate 40 % because 421-4.7.28 x17 since 10:02; next raise 10:32}, or empty text. */
    String sentence(Instant now) {
        return isSlow() ? new Decision(now, what(now), why(now), next(now)).toString() : "";
    }

    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    Optional<Instant> nextRaise() {
        return factor < 1 ? Optional.of(nextRaise) : Optional.empty();
    }

    /** In one line, for a restart. */
    String remembered() {
        return factor + " " + pausedUntil.map(Instant::toEpochMilli).orElse(0L) + " " + count + " "
                + since.toEpochMilli() + " " + nextRaise.toEpochMilli() + " " + cause;
    }

    void remember(String text) {
        String[] words = text.split(" ", 6);
        factor = Math.min(1, Math.max(rules.recovery().lowest(), Double.parseDouble(words[0])));
        long paused = Long.parseLong(words[1]);
        pausedUntil = paused == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(paused));
        count = Long.parseLong(words[2]);
        since = Instant.ofEpochMilli(Long.parseLong(words[3]));
        nextRaise = Instant.ofEpochMilli(Long.parseLong(words[4]));
        cause = words[5];
    }
}
