// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The header of the PROXY protocol, version 2, that tells a proxy between whom a connection is (haproxy's
 * {@code proxy-protocol.txt} §2.2).
 *
 * @param via the proxy to connect to, which goes on to the server from our source address; empty when the server itself
 *     reads the header
 */
public record ProxyHeader(Optional<InetSocketAddress> via) {
    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final int VERSION_2_PROXY = 0x21;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;

    /** The header for a connection; both addresses are resolved. Addresses of unlike families are both sent as IPv6. */
    static ByteBuf encode(InetSocketAddress from, InetSocketAddress to) {
        boolean ipv4 = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
        ByteBuf header = Unpooled.buffer(52);
        header.writeBytes(SIGNATURE).writeByte(VERSION_2_PROXY).writeByte(ipv4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6);
        header.writeShort(ipv4 ? 12 : 36);
        write(header, from.getAddress(), ipv4);
        write(header, to.getAddress(), ipv4);
        return header.writeShort(from.getPort()).writeShort(to.getPort());
    }

    private static void write(ByteBuf header, InetAddress address, boolean ipv4) {
        if (!ipv4 && address instanceof Inet4Address) {
            // ::ffff:a.b.c.d (RFC 4291 §2.5.5.2)
            header.writeZero(10).writeShort(0xffff);
        }
        header.writeBytes(address.getAddress());
    }
}
