// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.util.List;

/**
 * What an order would touch.
 *
 * @param deliveries how many
 * @param recipients how many wait in them
 * @param bytes size of their messages, each counted once for each delivery
 * @param senders those with the most deliveries, most first
 * @param nextHops those with the most deliveries, most first
 */
public record Impact(long deliveries, long recipients, long bytes, List<Share> senders, List<Share> nextHops) {
    /** One name and its part of the deliveries. */
    public record Share(String name, long deliveries) {}

    public Impact {
        senders = List.copyOf(senders);
        nextHops = List.copyOf(nextHops);
    }
}
