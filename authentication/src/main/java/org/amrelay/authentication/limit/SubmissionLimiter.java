// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;

/**
 * Decides whether an account may send yet more, by all rules at once.
 *
 * <p>A refusal is {@code 450 4.7.1} with the rule and the time of the next try. Safe for several threads; does not block
 * with {@link MemoryLimits}; {@link #mayWait} tells.
 */
public final class SubmissionLimiter {
    private final List<LimitRule> rules;
    private final LimitStore store;
    private final Clock clock;

    public SubmissionLimiter(List<LimitRule> rules, LimitStore store, Clock clock) {
        this.rules = List.copyOf(rules);
        this.store = store;
        this.clock = clock;
    }

    /** Whether an answer may wait for counts that are kept elsewhere. */
    public boolean mayWait() {
        return store.mayWait();
    }

    /** A message begins; empty when it may. */
    public Optional<Reply> message(LimitSubject subject) {
        return claim(subject, 1, "", LimitMeasure.MESSAGES);
    }

    /** A recipient of it; empty when it may go there. */
    public Optional<Reply> recipient(LimitSubject subject, EmailAddress recipient) {
        return claim(
                subject,
                1,
                recipient.toString().toLowerCase(Locale.ROOT),
                LimitMeasure.RECIPIENTS,
                LimitMeasure.DISTINCT_RECIPIENTS,
                LimitMeasure.NEW_RECIPIENTS);
    }

    /** Its size; empty when it fits. */
    public Optional<Reply> bytes(LimitSubject subject, long size) {
        return claim(subject, size, "", LimitMeasure.BYTES);
    }

    private Optional<Reply> claim(LimitSubject subject, long amount, String member, LimitMeasure... measures) {
        List<LimitMeasure> concerned = List.of(measures);
        List<LimitClaim> claims = new ArrayList<>();
        for (LimitRule rule : rules) {
            if (concerned.contains(rule.measure())) {
                claims.add(new LimitClaim(rule, subject.in(rule.scope()), amount, member));
            }
        }
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return store.claim(claims, now).fold(Optional::empty, (claim, room) -> Optional.of(reply(claim, now, room)));
    }

    private static Reply reply(LimitClaim claim, Instant now, Instant room) {
        long seconds = Math.max(1, Duration.between(now, room).toSeconds() + 1);
        String in = seconds < 120 ? seconds + " seconds" : seconds / 60 + 1 + " minutes";
        return Reply.of(
                450,
                "4.7.1",
                "the limit of " + claim.rule().limit() + " is reached ("
                        + claim.rule().name() + "); try again in " + in + ", at "
                        + now.plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS));
    }
}
