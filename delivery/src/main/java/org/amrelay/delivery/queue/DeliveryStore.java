// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
     * Claims deliveries of one flow that are due, oldest due time first, without held ones. Costs the logarithm of what
     * waits, however much that is.
     *
     * @param limit at most so many, 1 or more
     */
    List<QueuedDelivery> claim(Flow flow, Instant now, int limit);

    /** The same for all flows of a next hop, the flow that is due first before the others. */
    default List<QueuedDelivery> claim(NextHop nextHop, Instant now, int limit) {
        List<QueuedDelivery> claimed = new ArrayList<>();
        for (Flow flow : flows(nextHop)) {
            if (claimed.size() < limit) {
                claimed.addAll(claim(flow, now, limit - claimed.size()));
            }
        }
        return claimed;
    }

    /** The flows of a next hop that have something waiting, the one that is due first before the others. */
    List<Flow> flows(NextHop nextHop);

    /**
     * Flows with something that became due by time. A flow is told once, and again after a while if something is still
     * due; so whoever forgets one hears of it again. Costs what it tells, not what waits.
     */
    List<Flow> due(Instant now);

    /**
     * Claims waiting deliveries that nobody tries at the moment and of which something is to be said though no attempt comes:
     * without held ones. Looks at a part of the queue only, so that a long queue is no burden; blocks.
     *
     * @param afterId where the look before ended, 0 to begin
     * @param wanted which of them; asked on the caller's thread, more than once
     */
    Overdue overdue(long afterId, Predicate<WaitingDelivery> wanted);

    /** Claims what operators have cancelled, when the time for undoing that is over. */
    List<Cancellation> cancelled(Instant now, int limit);

    /** Gives a claim back untried, for example at shutdown; the delivery stays due. */
    void unclaim(long deliveryId);

    /** All next hops for which something waits. Kept in memory; costs a look at each of them. */
    List<LaneStatus> lanes();

    /**
     * Ends a claim.
     *
     * @return completes when durable; with an {@link IllegalStateException} when the report can never be taken, for
     *     example because the delivery is not claimed
     */
    CompletionStage<Void> report(DeliveryReport report);

    /**
     * Calls the listener after a commit by which deliveries became due or changed their due time, with their flow. The
     * listener returns quickly and does not call the store.
     */
    void onChange(Consumer<Flow> listener);
}
