// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.amrelay.mail.address.Network;

/**
 * A message that an account hands in.
 *
 * @param network around the client: /24 for IPv4, /48 for IPv6
 * @param country of the client, where a database says it
 * @param recipients as accepted; upper and lower case count as the same
 * @param spamScore of the message, where it was scored
 */
public record Submission(
        Instant at, Network network, Optional<String> country, List<String> recipients, OptionalDouble spamScore) {
    public Submission {
        recipients = List.copyOf(recipients);
    }
}
