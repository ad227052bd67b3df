// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the relay recognises itself among next hops, so that it does not send mail to itself (RFC 5321 §5.1).
 *
 * @param names own host names, lower case
 * @param addresses own addresses with the port that mail for others comes in on
 */
public record OwnIdentity(Set<String> names, Set<InetSocketAddress> addresses) {
    public OwnIdentity {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        addresses = Set.copyOf(addresses);
    }

    public static OwnIdentity named(String name) {
        return new OwnIdentity(Set.of(name), Set.of());
    }

    boolean isHost(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean isAddress(InetSocketAddress address) {
        return addresses.contains(address);
    }
}
