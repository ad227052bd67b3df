// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Weighs what an account does against what it usually does. Safe for several threads; a baseline is not. */
public final class ContainmentEvaluator {
    /** Of the latest recipients, before their share says something. */
    private static final int TELLING_RECIPIENTS = 8;
    /** Fewer messages than that are no burst, however many recipients they have: a mailing is one message. */
    private static final int TELLING_MESSAGES = 3;

    private static final int TELLING_OUTCOMES = 8;
    private static final int TELLING_GUESSES = 5;
    /** Who travels meets some. */
    private static final int STRANGERS_AWAY = 6;

    private static final double UNUSUAL_HOUR_BELOW = 0.01;
    private static final double SPAM_FROM = 4;
    private static final double SPAM_SURELY = 10;

    private final ContainmentSettings settings;

    public ContainmentEvaluator(ContainmentSettings settings) {
        this.settings = settings;
    }

    /** Judges the message and learns from it unless it is an anomaly. */
    public ContainmentResult evaluate(AccountBaseline account, Submission submission) {
        int unknown = account.note(submission, settings);
        List<ContainmentReason> reasons = new ArrayList<>();
        whence(account, submission, reasons);
        toWhom(account, submission, reasons);
        whatBecame(account, submission, reasons);
        reasons.sort(Comparator.comparingDouble(ContainmentReason::weight).reversed());
        double score = settings.sensitivity()
                * reasons.stream().mapToDouble(ContainmentReason::weight).sum();
        if (score >= 1) {
            return new ContainmentResult.Anomaly(score, reasons);
        }
        account.learn(submission, unknown);
        return new ContainmentResult.Usual(score, reasons);
    }

    private static void whence(AccountBaseline account, Submission submission, List<ContainmentReason> reasons) {
        boolean strange = account.isStrange(submission.network(), submission.at());
        if (strange) {
            add(reasons, Signal.NEW_NETWORK, 1, submission.network() + " is new");
            int met = account.strangersFrom(submission.network());
            add(reasons, Signal.STRANGERS_AWAY, (met - STRANGERS_AWAY) / 8.0, met + " new recipients from there");
        }
        if (account.isStrange(submission.country())) {
            add(reasons, Signal.NEW_COUNTRY, 1, submission.country().orElse("") + " is new");
        }
        int guesses = account.guesses(submission.network(), submission.at());
        if (strange && guesses >= TELLING_GUESSES) {
            add(reasons, Signal.GUESSED, 1, guesses + " failed log-ins from " + submission.network());
        }
        int atOnce = account.networksAtOnce(submission.at());
        double usual = account.habits.networks();
        if (atOnce >= 5 && atOnce > 2 * usual) {
            String figures = format("%d networks within an hour, usually at most %.0f", atOnce, usual);
            add(reasons, Signal.SCATTERED, 1, figures);
        }
        double around = account.habits.around(AccountBaseline.hour(submission.at()));
        if (around < UNUSUAL_HOUR_BELOW) {
            add(reasons, Signal.UNUSUAL_HOUR, 1, format("%.1f %% of its mail comes at this hour", 100 * around));
        }
    }

    private void toWhom(AccountBaseline account, Submission submission, List<ContainmentReason> reasons) {
        boolean learning = account.isLearning(submission.at(), settings);
        Excess all = new Excess(0, "");
        Excess unknown = all;
        for (Traffic.Span span : Traffic.Span.values()) {
            if (account.traffic.messages(span) >= TELLING_MESSAGES) {
                double start = learning ? settings.burst() / (span == Traffic.Span.DAY ? 1.0 : 4.0) : 0;
                all = all.or(excess(
                        account.traffic.recipients(span),
                        Math.max(Math.max(span.floor, start), 2 * account.habits.recipients(span)),
                        "recipients " + span.words));
                unknown = unknown.or(excess(
                        account.traffic.strangers(span),
                        Math.max(Math.max(span.strangersFloor, start), 2 * account.habits.strangers(span)),
                        "new recipients " + span.words));
            }
        }
        // Strangers are recipients too: one cause counts once.
        if (unknown.part * Signal.STRANGERS.most() >= all.part * Signal.BURST.most()) {
            add(reasons, Signal.STRANGERS, unknown.part, unknown.figures);
        } else {
            add(reasons, Signal.BURST, all.part, all.figures);
        }
        double usual = account.habits.share();
        double share = account.latestShare();
        if (!learning && account.latestCount() >= TELLING_RECIPIENTS && usual < 0.7) {
            double part = (share - usual - 0.2) / (0.8 - usual);
            String figures =
                    format("%.0f %% of the latest recipients are new, usually %.0f %%", 100 * share, 100 * usual);
            add(reasons, Signal.NEW_RECIPIENTS, part, figures);
        }
    }

    private static void whatBecame(AccountBaseline account, Submission submission, List<ContainmentReason> reasons) {
        double ratio = account.bounceRatio();
        if (account.outcomes() >= TELLING_OUTCOMES) {
            // Few outcomes never hold alone: a small list may just be old.
            double trust = Math.min(1, account.outcomes() / 20);
            String figures = format("%.0f %% of the latest recipients bounced or were refused", 100 * ratio);
            add(reasons, Signal.BOUNCES, trust * Math.min(1, (ratio - 0.15) / 0.35), figures);
        }
        submission
                .spamScore()
                .ifPresent(score -> add(
                        reasons,
                        Signal.SPAM,
                        (score - SPAM_FROM) / (SPAM_SURELY - SPAM_FROM),
                        format("spam score %.1f", score)));
    }

    private record Excess(double part, String figures) {
        Excess or(Excess other) {
            return other.part > part ? other : this;
        }
    }

    /** Half above what is allowed is all that the signal can say. */
    private static Excess excess(int count, double allowed, String words) {
        return new Excess((count / allowed - 1) / 0.5, format("%d %s, usually at most %.0f", count, words, allowed));
    }

    private static void add(List<ContainmentReason> reasons, Signal signal, double part, String figures) {
        if (part > 0) {
            reasons.add(new ContainmentReason(signal, signal.most() * Math.min(1, part), figures));
        }
    }

    private static String format(String text, Object... figures) {
        return String.format(Locale.ROOT, text, figures);
    }
}
