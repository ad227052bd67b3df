// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has a delivery in hand: the engine, which tries it, or an operator's order, which changes it. Never both.
 *
 * <p>Safe for several threads. Gone with the process.
 */
final class DeliveryClaims {
    /** Empty while the delivery is being read, or belongs to an order. */
    private final Map<Long, Optional<PreparedDelivery>> claims = new ConcurrentHashMap<>();

    /** Takes it in hand; false when somebody has it. */
    boolean reserve(long id) {
        return claims.putIfAbsent(id, Optional.empty()) == null;
    }

    /** A reserved one is tried now. */
    void tries(PreparedDelivery delivery) {
        claims.put(delivery.id(), Optional.of(delivery));
    }

    /** What is being tried under that id. */
    Optional<PreparedDelivery> tried(long id) {
        return claims.getOrDefault(id, Optional.empty());
    }

    boolean isInHand(long id) {
        return claims.containsKey(id);
    }

    void release(long id) {
        claims.remove(id);
    }
}
