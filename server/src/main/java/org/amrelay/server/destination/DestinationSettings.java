// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a destination is set up.
 *
 * @param port 0 for any free one
 * @param keep how many of the last messages stay in memory, 0 or more; all are counted
 * @param tls when present, STARTTLS is announced
 * @param pipelining whether PIPELINING is announced (RFC 2920)
 * @param largestMessage octets, announced with SIZE (RFC 1870)
 * @param behaviour what it answers
 */
public record DestinationSettings(
        int port,
        int keep,
        Optional<SSLContext> tls,
        boolean pipelining,
        int largestMessage,
        DestinationBehaviour behaviour) {
    private static final int LARGEST_MESSAGE = 64 << 20;

    /** Any port, plain text, takes everything, keeps 1,000 messages. */
    public static DestinationSettings plain() {
        return new DestinationSettings(
                0, 1000, Optional.empty(), true, LARGEST_MESSAGE, DestinationBehaviour.acceptsAll());
    }

    public DestinationSettings withBehaviour(DestinationBehaviour other) {
        return new DestinationSettings(port, keep, tls, pipelining, largestMessage, other);
    }

    public DestinationSettings withTls(SSLContext context) {
        return new DestinationSettings(port, keep, Optional.of(context), pipelining, largestMessage, behaviour);
    }

    public DestinationSettings withPort(int other) {
        return new DestinationSettings(other, keep, tls, pipelining, largestMessage, behaviour);
    }

    public DestinationSettings keeping(int messages) {
        return new DestinationSettings(port, messages, tls, pipelining, largestMessage, behaviour);
    }

    public DestinationSettings withoutPipelining() {
        return new DestinationSettings(port, keep, tls, false, largestMessage, behaviour);
    }
}
