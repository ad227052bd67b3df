// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long a network is banned that failed to log in too often: twice as long as the time before.
 *
 * @param first the first ban
 * @param longest no ban is longer
 * @param remembered so long after its end a ban counts as one before
 * @param never networks that are not banned
 */
public record BanPolicy(Duration first, Duration longest, Duration remembered, List<ClientNetwork> never) {
    private static final int MOST_DOUBLINGS = 30;

    public BanPolicy {
        never = List.copyOf(never);
    }

    /** The ban that follows now; empty when the client is never banned. */
    public Optional<Ban> next(InetAddress client, Optional<Ban> before, Instant now) {
        if (never.stream().anyMatch(network -> network.contains(client))) {
            return Optional.empty();
        }
        int number =
                before.filter(ban -> isRemembered(ban, now)).map(Ban::number).orElse(0) + 1;
        Duration wanted = first.multipliedBy(1L << Math.min(number - 1, MOST_DOUBLINGS));
        Duration time = wanted.compareTo(longest) > 0 ? longest : wanted;
        return Optional.of(new Ban(ClientNetwork.of(client).toString(), now, now.plus(time), number));
    }

    /** Whether a ban still says something about the next one. */
    public boolean isRemembered(Ban ban, Instant now) {
        return now.isBefore(ban.until().plus(remembered));
    }
}
