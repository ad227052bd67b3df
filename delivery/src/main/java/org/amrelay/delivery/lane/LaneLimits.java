// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;

/**
 * How hard the relay may push.
 *
 * @param laneConcurrency deliveries at a time to one next hop, 1 or more
 * @param mostConnections connections at a time in all lanes together, idle ones included, 1 or more
 * @param mostPerConnection messages over one connection, 1 or more
 * @param idle how long a connection is kept for the next message
 * @param mostRecipients in one transaction; RFC 5321 §4.5.3.1.8 promises 100
 * @param mostAddresses how many addresses one attempt tries to connect to, 1 or more
 * @param mostSessions to how many hosts one attempt talks before it waits for the retry, 1 or more
 * @param shortestPause how long a lane rests after no host of it could be reached; doubles with each failure
 * @param longestPause up to this
 * @param poll how often lanes look at the clock; the precision of retries
 */
public record LaneLimits(
        int laneConcurrency,
        int mostConnections,
        int mostPerConnection,
        Duration idle,
        int mostRecipients,
        int mostAddresses,
        int mostSessions,
        Duration shortestPause,
        Duration longestPause,
        Duration poll) {
    public LaneLimits {
        if (laneConcurrency < 1
                || mostConnections < 1
                || mostPerConnection < 1
                || mostRecipients < 1
                || mostAddresses < 1
                || mostSessions < 1) {
            throw new IllegalArgumentException("every limit is 1 or more");
        }
    }

    /** 20 to a destination, 1000 in all, 100 messages a connection, 10 s idle. */
    public static LaneLimits standard() {
        return new LaneLimits(
                20,
                1000,
                100,
                Duration.ofSeconds(10),
                100,
                6,
                2,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMillis(250));
    }

    public LaneLimits withLaneConcurrency(int laneConcurrency) {
        return new LaneLimits(
                laneConcurrency,
                mostConnections,
                mostPerConnection,
                idle,
                mostRecipients,
                mostAddresses,
                mostSessions,
                shortestPause,
                longestPause,
                poll);
    }

    public LaneLimits withMostConnections(int mostConnections) {
        return new LaneLimits(
                laneConcurrency,
                mostConnections,
                mostPerConnection,
                idle,
                mostRecipients,
                mostAddresses,
                mostSessions,
                shortestPause,
                longestPause,
                poll);
    }

    public LaneLimits withMostPerConnection(int mostPerConnection) {
        return new LaneLimits(
                laneConcurrency,
                mostConnections,
                mostPerConnection,
                idle,
                mostRecipients,
                mostAddresses,
                mostSessions,
                shortestPause,
                longestPause,
                poll);
    }

    public LaneLimits withIdle(Duration idle) {
        return new LaneLimits(
                laneConcurrency,
                mostConnections,
                mostPerConnection,
                idle,
                mostRecipients,
                mostAddresses,
                mostSessions,
                shortestPause,
                longestPause,
                poll);
    }

    public LaneLimits withPoll(Duration poll) {
        return new LaneLimits(
                laneConcurrency,
                mostConnections,
                mostPerConnection,
                idle,
                mostRecipients,
                mostAddresses,
                mostSessions,
                shortestPause,
                longestPause,
                poll);
    }
}
