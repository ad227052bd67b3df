// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;

/** What a lane needs of the engine around it. For the engine's thread. */
interface LaneHost {
    Instant now();

    boolean isStopping();

    AttemptTools tools();

    ConnectionPool pool();

    List<QueuedDelivery> claim(Flow flow, Instant now, int most);

    /** Calls {@link Site#pump} when a connection may be made again. */
    void waitForPermit(Site site);

    /** Calls {@link Site#pump} at the next look at the clock. */
    void waitForTime(Site site);

    /**
     * Makes the end of an attempt durable.
     *
     * @param notBefore when the lane will try again, if it rests
     * @param site its name, for its retry schedule; empty text when it is not known
     * @param whenDurable called on the engine's thread
     */
    void conclude(
            QueuedDelivery delivery, List<Fate> fates, Optional<Instant> notBefore, String site, Runnable whenDurable);
}
