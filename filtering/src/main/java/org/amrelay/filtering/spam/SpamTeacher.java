// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.spam.learning.LearnedTables;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.mail.message.MessageView;

/**
 * Learns what people say of single messages. One account gives at most {@value #MOST_LESSONS} lessons a day, so that nobody who
 * has stolen one teaches the relay. Safe for several threads.
 */
public final class SpamTeacher implements SpamLessons {
    private static final int MOST_LESSONS = 200;
    private static final int MOST_ACCOUNTS = 100_000;

    private final RuleScorer scorer;
    private final LearnedTables tables;
    private final InstantSource clock;
    private final Map<String, Integer> lessonsToday = new HashMap<>();
    private LocalDate today = LocalDate.EPOCH;

    /** @param scorer that scores with the tables */
    public SpamTeacher(RuleScorer scorer, LearnedTables tables, InstantSource clock) {
        this.scorer = scorer;
        this.tables = tables;
        this.clock = clock;
    }

    /** @return whether it was learned; false for an account that gave its lessons of today */
    @Override
    public boolean teach(MessageView view, KnownOrigin origin, boolean isSpam, Optional<String> account) {
        if (account.isPresent() && !mayTeach(account.get())) {
            return false;
        }
        RuleScorer.Known known = scorer.known(view, origin);
        tables.teach(known.specimen(), known.features(), isSpam, known.points(), account);
        return true;
    }

    private synchronized boolean mayTeach(String account) {
        LocalDate now = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!now.equals(today)) {
            today = now;
            lessonsToday.clear();
        }
        return lessonsToday.size() < MOST_ACCOUNTS
                && lessonsToday.merge(account.toLowerCase(Locale.ROOT), 1, Integer::sum) <= MOST_LESSONS;
    }
}
