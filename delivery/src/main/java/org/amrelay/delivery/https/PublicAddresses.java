// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.https;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.amrelay.mail.address.Network;

/**
 * Tells addresses of the Internet from those of this machine and its neighbours (RFC 6890).
 *
 * <p>A stranger's DNS record must not make the relay connect to what only the relay can reach.
 */
public final class PublicAddresses {
    /** All that is registered as not globally reachable, and IPv6 addresses that hold an IPv4 address. */
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");
    /** IPv6 unicast as it is given out, and within it what is set apart: 6to4, Teredo, documentation. */
    private static final Network GLOBAL = Network.of("2000::/3");

    private static final List<Network> SPECIAL6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    /** Whether anybody may be sent there. */
    public static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(each -> each.contains(address));
        }
        return address instanceof Inet6Address
                && GLOBAL.contains(address)
                && SPECIAL6.stream().noneMatch(each -> each.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return List.of(texts).stream().map(Network::of).toList();
    }
}
