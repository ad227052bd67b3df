// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a client and a port of ours said to each other.
 *
 * @param exchanges all of it, in order
 * @param recipients for each recipient, by its address, what was said to it; empty when it did not come so far
 */
public record Conversation(List<Exchange> exchanges, List<Exchange> recipients) {
    public Conversation {
        exchanges = List.copyOf(exchanges);
        recipients = List.copyOf(recipients);
    }

    /**
     * What a client says.
     *
     * @param account that has authenticated inside TLS; empty for a stranger
     * @param message in network form, dots not doubled
     */
    public record Script(
            InetAddress client,
            String helo,
            Optional<String> account,
            String sender,
            List<String> recipients,
            byte[] message) {}

    /**
     * A command and its reply.
     *
     * @param reply its first line
     */
    public record Exchange(String command, int code, String reply) {
        /** 2xx or 3xx. */
        public boolean isPositive() {
            return code < 400;
        }
    }

    /** The last word of the server: to the message, or what kept it from coming. */
    public Exchange last() {
        return exchanges.get(exchanges.size() - 1);
    }
}
