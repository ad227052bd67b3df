// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;

/**
 * A delivery that is ready to be written, or was read.
 *
 * @param queued as the engine gets it
 * @param dueAt when it may be tried, in milliseconds
 * @param contentNumber which of the mail's bodies goes out
 * @param keptBytes bytes in memory while its content is kept
 */
record PreparedDelivery(QueuedDelivery queued, long dueAt, boolean held, int contentNumber, long keptBytes) {
    long id() {
        return queued.id();
    }

    Flow flow() {
        return Flow.of(queued.nextHop(), queued.envelope());
    }

    long mail() {
        return Ids.owner(queued.recipients().get(0).id());
    }
}
