// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.time.Instant;
import org.amrelay.delivery.route.NextHop;

/**
 * What waits for one next hop.
 *
 * @param waiting deliveries that are neither held nor claimed
 * @param nextDueAt when the first of them may be tried
 */
public record LaneStatus(NextHop nextHop, long waiting, Instant nextDueAt) {}
