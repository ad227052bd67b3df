// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers what became of mail, and carries out what operators decide about mail that waits.
 *
 * <p>Safe for several threads. Reading methods block on the disk and throw {@code StorageUnavailable}.
 */
public interface Ledger {
    /** Recounts everything; reads all rows. */
    Audit audit();

    /** What is known of the mails with that name; usually one, none when the name is unknown or forgotten. */
    List<MailTrace> trace(String mailName);

    /** The newest mail that went out under a return path of one recipient's own; case does not matter. */
    Optional<SentTrace> ofReturnPath(String path);

    /**
     * The mails that were accepted last, newest first, without their events.
     *
     * @param beforeId mail id of the last one of the page before, {@link Long#MAX_VALUE} for the first page
     */
    List<MailTrace> recent(long beforeId, int limit);

    /**
     * A page of the deliveries that wait, held ones and running ones too, oldest first.
     *
     * @param afterId id of the last one of the page before, 0 for the first page
     * @param limit 1 or more
     */
    List<QueueEntry> queued(QueueFilter filter, long afterId, int limit);

    /** The same of what is selected. */
    List<QueueEntry> queued(Selection selection, long afterId, int limit);

    /** What an order would touch; looks at everything that is selected. */
    Impact impact(Selection selection);

    /** How many deliveries wait, held ones and running ones too. Cheap. */
    long queuedCount();

    /** Keeps deliveries back until they are released or cancelled. */
    CompletionStage<Changed> hold(Selection selection, String by);

    /** Lets held deliveries go at once. */
    CompletionStage<Changed> release(Selection selection, String by);

    /** Takes deliveries out of the queue for good; the sender is not told. */
    CompletionStage<Changed> cancel(Selection selection, String by);

    /**
     * Holds deliveries and cancels them at that time, unless somebody undoes it or releases them before. The delivery
     * engine carries it out.
     *
     * @param tellSender whether senders get a notice then
     */
    CompletionStage<Changed> cancelLater(Selection selection, boolean tellSender, Instant at, String by);

    /**
     * Takes the last order back that is not older than five minutes and not undone: to hold, to release, to retry or to
     * cancel later. Deliveries that have gone on meanwhile stay as they are.
     *
     * @return empty when there is none
     */
    CompletionStage<Optional<Undone>> undo(String by);

    /** Makes waiting deliveries due at once. */
    CompletionStage<Changed> retry(Selection selection, String by);

    /**
     * Forgets mails whose recipients are all final, oldest first.
     *
     * @param age of the mails since they were accepted, at least
     * @param limit at most so many mails in this call, so that mail goes on meanwhile
     * @return how many were forgotten
     */
    CompletionStage<Long> forgetOlderThan(Duration age, int limit);

    /** Adds an event to a mail, for example why a policy let it pass; nothing happens when the mail is unknown. */
    CompletionStage<Void> note(String mailName, Instant at, String kind, String text);
}
