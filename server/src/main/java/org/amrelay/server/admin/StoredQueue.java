// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.storage.ledger.Changed;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;

/** Questions and orders about the queue, carried out on the ledger. */
record StoredQueue(Ledger ledger, Clock clock) {
    /** Stands before an address that is meant whole. */
    private static final String WHOLE = "=";

    private static final String BY = "operator";
    private static final Duration SECOND_THOUGHTS = Duration.ofMinutes(5);

    List<Answers.Queued> page(QueueQuestion question, long afterId, int limit) {
        return ledger.queued(selection(question), afterId, limit).stream()
                .map(LedgerViews::queued)
                .toList();
    }

    private static QueueFilter filter(QueueQuestion question) {
        return new QueueFilter(
                question.nextHop().map(NextHop::parse),
                part(question.sender()),
                part(question.recipient()),
                question.held(),
                question.domain(),
                question.account(),
                question.acceptedBefore(),
                question.reply(),
                whole(question.sender()),
                whole(question.recipient()));
    }

    private static Optional<String> part(Optional<String> text) {
        return text.filter(given -> !given.startsWith(WHOLE));
    }

    private static Optional<String> whole(Optional<String> text) {
        return text.filter(given -> given.startsWith(WHOLE)).map(given -> given.substring(WHOLE.length()));
    }

    private static Selection selection(QueueQuestion question) {
        if (question.delivery().isPresent()) {
            return new Selection.Delivery(question.delivery().getAsLong());
        }
        return question.mail()
                .<Selection>map(Selection.Mail::new)
                .orElseGet(() -> new Selection.Matching(filter(question)));
    }

    Answers.Impact impact(QueueQuestion question) {
        return LedgerViews.impact(ledger.impact(selection(question)));
    }

    Answers.Ordered order(QueueOrder order, QueueQuestion question) {
        Selection selection = selection(question);
        Instant now = clock.instant();
        Instant cancelAt = question.namesOne() ? now : now.plus(SECOND_THOUGHTS);
        Changed changed = StorageAnswer.of(
                switch (order) {
                    case RETRY -> ledger.retry(selection, BY);
                    case HOLD -> ledger.hold(selection, BY);
                    case RELEASE -> ledger.release(selection, BY);
                    case CANCEL ->
                        question.namesOne()
                                ? ledger.cancel(selection, BY)
                                : ledger.cancelLater(selection, false, cancelAt, BY);
                    case BOUNCE -> ledger.cancelLater(selection, true, cancelAt, BY);
                });
        return new Answers.Ordered(changed.changed(), changed.inAttempt());
    }

    Answers.Undone undo() {
        return StorageAnswer.of(ledger.undo(BY))
                .map(undone -> new Answers.Undone(undone.order(), undone.restored(), undone.moved()))
                .orElse(new Answers.Undone("", 0, 0));
    }
}
