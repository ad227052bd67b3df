// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a scripted server has taken.
 *
 * @param mail the MAIL line
 * @param rcpts the RCPT lines that were answered with 2xx
 * @param body without the dots of transparency and without the final dot; empty when bodies are not kept
 * @param tls whether it came over TLS
 */
public record ReceivedMessage(String mail, List<String> rcpts, byte[] body, boolean tls) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
