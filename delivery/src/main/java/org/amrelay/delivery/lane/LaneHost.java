// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.NextHop;

/** What a lane needs of the engine around it. For the engine's thread. */
interface LaneHost {
    Instant now();

    boolean isStopping();

    DeliveryAttempt.Tools tools();

    ConnectionPool pool();

    List<QueuedDelivery> claim(NextHop nextHop, Instant now, int most);

    /** Calls {@link Lane#fill} when a connection may be made again. */
    void waitForPermit(Lane lane);

    /**
     * Makes the end of an attempt durable.
     *
     * @param notBefore when the lane will try again, if it rests
     * @param whenDurable called on the engine's thread
     */
    void conclude(QueuedDelivery delivery, List<Fate> fates, Optional<Instant> notBefore, Runnable whenDurable);
}
