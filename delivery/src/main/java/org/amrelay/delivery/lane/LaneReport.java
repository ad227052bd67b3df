// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;

/**
 * What a lane does at the moment, for people who ask why mail is slow.
 *
 * @param active deliveries under way
 * @param window how many may be under way now
 * @param claimed taken from the queue and not yet started
 * @param idleConnections kept for the next message
 * @param pausedUntil when the lane tries again, if it rests
 * @param pauseReason the failure that made it rest, else empty text
 */
public record LaneReport(
        NextHop nextHop,
        int active,
        int window,
        int claimed,
        int idleConnections,
        Optional<Instant> pausedUntil,
        String pauseReason) {}
