// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An address of ours that connections may leave from.
 *
 * @param weight its share among the addresses that fit, 1 or more
 * @param ehlo the name that goes with it
 */
public record Source(InetAddress address, int weight, Optional<String> ehlo) {
    public Source {
        if (weight < 1) {
            throw new IllegalArgumentException("a weight is 1 or more");
        }
    }

    /** Whether a connection to that address can leave from here. */
    public boolean fits(InetAddress destination) {
        return (address instanceof Inet4Address) == (destination instanceof Inet4Address);
    }
}
