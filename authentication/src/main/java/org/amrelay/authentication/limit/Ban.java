// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;

/**
 * A client network that is kept out for a while.
 *
 * @param network an IPv4 address or an IPv6 /64
 * @param number how often, this time included, it was banned in the remembered past
 */
public record Ban(String network, Instant since, Instant until, int number) {
    /** Whether it keeps the network out at that time. */
    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
