// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.util.Optional;
import org.amrelay.delivery.route.NextHop;

/**
 * Conditions on deliveries that wait; all given ones must hold.
 *
 * @param nextHop that place exactly
 * @param senderContains part of the sender's address, in any case
 * @param recipientContains part of a recipient's address, in any case
 * @param held only held ones, or only others
 */
public record QueueFilter(
        Optional<NextHop> nextHop,
        Optional<String> senderContains,
        Optional<String> recipientContains,
        Optional<Boolean> held) {
    /** Everything that waits. */
    public static QueueFilter all() {
        return new QueueFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
