// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The names under which the reverse zones, and lists built like them, know an address (RFC 1035 §3.5, RFC 3596 §2.5). */
public final class ReverseName {
    private ReverseName() {}

    /** Octets (IPv4) or nibbles (IPv6) with dots between them, the last one first; no zone behind them. */
    public static String reversed(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder(64);
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (address instanceof Inet4Address) {
                text.append(bytes[i] & 0xff).append('.');
            } else {
                text.append(Character.forDigit(bytes[i] & 0xf, 16)).append('.');
                text.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16)).append('.');
            }
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    /** The name that holds the PTR records of an address. */
    public static String of(InetAddress address) {
        return reversed(address) + (address instanceof Inet4Address ? ".in-addr.arpa" : ".ip6.arpa");
    }
}
