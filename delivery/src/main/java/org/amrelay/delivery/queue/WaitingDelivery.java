// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import org.amrelay.delivery.route.NextHop;

/**
 * A delivery that waits, as far as patience with it goes.
 *
 * @param acceptedAt when the relay said 250
 * @param dueAt since when, or from when on, it may be tried
 * @param expiresAt when to give up, unless a schedule says an earlier time
 */
public record WaitingDelivery(
        NextHop nextHop, Instant acceptedAt, Instant dueAt, Instant expiresAt, boolean delayNoticeSent) {
    /** A delivery as it waits until then. */
    public static WaitingDelivery of(QueuedDelivery delivery, Instant dueAt) {
        return new WaitingDelivery(
                delivery.nextHop(), delivery.acceptedAt(), dueAt, delivery.expiresAt(), delivery.delayNoticeSent());
    }
}
