// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Which client networks are kept out because they guessed passwords.
 *
 * <p>Safe for several threads.
 */
public interface BanBook {
    /** Until when the client is banned; from memory. */
    Optional<Instant> bannedUntil(InetAddress client);

    /** The client failed too often: ban it, unless it is never banned; may block on the storage. */
    void failedTooOften(InetAddress client);
}
