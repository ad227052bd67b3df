// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.time.Duration;

/**
 * How long the client waits for a peer (RFC 5321 §4.5.3.2).
 *
 * @param connect for the TCP connection
 * @param tls for the handshake
 * @param greeting for the first 220
 * @param command for the replies to EHLO, STARTTLS, MAIL, RCPT and RSET
 * @param data for the 354
 * @param block for progress while the message is sent
 * @param finalReply for the reply to the final dot; too short a time makes duplicates (RFC 5321 §4.5.3.2.6)
 * @param quit for the reply to QUIT
 */
public record SmtpTimeouts(
        Duration connect,
        Duration tls,
        Duration greeting,
        Duration command,
        Duration data,
        Duration block,
        Duration finalReply,
        Duration quit) {
    /** 5 minutes, 2 for DATA, 3 for blocks, 10 for the final reply, as the RFC wants; 30 s to connect. */
    public static SmtpTimeouts standard() {
        return new SmtpTimeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
    }

    /** The same time for everything. */
    public static SmtpTimeouts all(Duration time) {
        return new SmtpTimeouts(time, time, time, time, time, time, time, time);
    }
}
