// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.util.List;

/**
 * What a look at a part of the queue has found.
 *
 * @param claimed deliveries that have waited too long, claimed
 * @param next where the next look begins, 0 when this one has come to the end
 */
public record Overdue(List<QueuedDelivery> claimed, long next) {
    public Overdue {
        claimed = List.copyOf(claimed);
    }
}
