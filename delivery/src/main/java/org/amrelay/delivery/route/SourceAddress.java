// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/**
 * An IP address as it is written, never a name: nothing is looked up.
 *
 * @param address resolved
 */
public record SourceAddress(InetAddress address) {
    /**
     * Reads an address, IPv6 with or without brackets.
     *
     * @throws IllegalArgumentException with a sentence when it is none
     */
    public static SourceAddress of(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        InetAddress address =
                NetUtil.createInetAddressFromIpAddressString(bracketed ? text.substring(1, text.length() - 1) : text);
        if (address == null) {
            throw new IllegalArgumentException("is no IP address");
        }
        return new SourceAddress(address);
    }
}
