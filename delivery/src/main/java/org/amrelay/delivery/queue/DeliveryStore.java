// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.amrelay.delivery.route.NextHop;

/**
 * Keeps deliveries from hand-over to their final state; the delivery engine's only memory.
 *
 * <p>Claims live in memory: after a restart every delivery that was not reported is due again. Implementations are safe
 * for several threads. Failures to write show as exceptionally completed stages and leave the delivery claimed; the
 * engine reports again or, at shutdown, leaves it to the restart.
 */
public interface DeliveryStore {
    /**
     * Takes a mail straight into delivery, past any spool of ours.
     *
     * @return completes when mail, deliveries and ledger rows are durable
     */
    CompletionStage<Void> accept(NewMail mail, List<NewDelivery> deliveries);

    /**
     * Claims deliveries of one next hop that are due, oldest due time first, without held ones.
     *
     * @param limit at most so many, 1 or more
     */
    List<QueuedDelivery> claim(NextHop nextHop, Instant now, int limit);

    /** Gives a claim back untried, for example at shutdown; the delivery stays due. */
    void unclaim(long deliveryId);

    /** All next hops for which something waits. Cheap: kept in memory, not counted. */
    List<LaneStatus> lanes();

    /**
     * Ends a claim.
     *
     * @return completes when durable; with an {@link IllegalStateException} when the report can never be taken, for
     *     example because the delivery is not claimed
     */
    CompletionStage<Void> report(DeliveryReport report);

    /**
     * Calls the listener after a commit by which deliveries became due or changed their due time, with their next hop.
     * The listener returns quickly and does not call the store.
     */
    void onChange(Consumer<NextHop> listener);
}
