// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Named queues of mail that waits for processing.
 *
 * <p>Claims live in memory: after a restart every item that was not completed or removed can be taken again. Safe for
 * several threads. Stages complete when durable, on a thread of storage's that must not be blocked, or fail with
 * {@code StorageUnavailable}. A call that would overfill the queue to the disk waits for at most some seconds, then fails
 * likewise.
 */
public interface Spool {
    /** The queue whose mail the ledger accounts for. */
    String MAIN = "spool";

    /**
     * Makes a mail durable, with its ledger rows when the queue is {@link #MAIN}.
     *
     * @return the item's id
     */
    CompletionStage<Long> add(NewSpoolItem item);

    /**
     * Claims the item that is due with the highest priority, the oldest among equals.
     *
     * @return empty when nothing is due
     */
    Optional<SpoolItem> take(String queue, Instant now);

    /** Gives a claim back untried; the item is due at once. Nothing happens when it is not claimed. */
    void unclaim(long id);

    /**
     * Ends the claim after processing failed: the item as it was waits until then, one attempt older.
     *
     * @param reason one line for the trace
     */
    CompletionStage<Void> retry(long id, Instant notBefore, String reason);

    /**
     * Ends the claim because something outside does not work: as {@link #retry}, but no attempt is counted.
     *
     * @param reason one line for the trace
     */
    CompletionStage<Void> suspend(long id, Instant notBefore, String reason);

    /**
     * Removes an item, claimed or not; nothing happens when it is gone. In {@link #MAIN} its recipients become cancelled;
     * processing ends with {@link HandOver#complete} instead.
     */
    CompletionStage<Void> remove(long id);

    /** When {@link #take} has something next, in the past when it has now; empty when nothing waits unclaimed. */
    Optional<Instant> nextDueAt(String queue);

    /**
     * Calls the listener with the queue's name after an item came, or came back, or changed its time. The listener returns
     * quickly and does not call storage.
     */
    void onAvailable(Consumer<String> listener);

    /** All items, claimed and delayed ones too. Cheap: kept in memory. */
    long size(String queue);

    /** Names of the queues that have been used since the start or hold something, sorted. */
    List<String> queues();

    /**
     * A page of the items, claimed and delayed ones too, in the order they came.
     *
     * @param afterId id of the last item of the page before, 0 for the first page
     * @param limit 1 or more
     */
    List<SpoolItem> browse(String queue, long afterId, int limit);

    /**
     * Makes delayed items due.
     *
     * @return how many were
     */
    CompletionStage<Long> flush(String queue);

    /**
     * Removes the unclaimed items that the condition accepts, as {@link #remove} does. Reads every item of the queue.
     *
     * @param condition sees the item without reading its content; called on the caller's thread
     * @return how many were removed
     */
    CompletionStage<Long> removeIf(String queue, Predicate<SpoolItem> condition);

    /**
     * Removes all unclaimed items, as {@link #remove} does.
     *
     * @return how many
     */
    CompletionStage<Long> clear(String queue);
}
