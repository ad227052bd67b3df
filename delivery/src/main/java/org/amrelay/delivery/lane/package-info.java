// SPDX-License-Identifier: Apache-2.0
/**
 * Works off the queue: one lane per next hop, with its own pooled connections and rest, and one site for all lanes to the
 * same provider, with the limits, the fair turns and the back-off that they share.
 *
 * <p>Entry type: {@link org.amrelay.delivery.lane.DeliveryEngine}. All lanes are run by one thread that never waits for a
 * peer; conversations run on the client's event loops, so a dead destination costs a timer and no thread. Hosts are taken
 * in the order of RFC 5321 §5.1. Only a definite answer ends in a bounce: what is unknown is tried again.
 */
@NullMarked
package org.amrelay.delivery.lane;

import org.jspecify.annotations.NullMarked;
