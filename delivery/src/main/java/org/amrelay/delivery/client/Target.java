// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.net.InetSocketAddress;
import org.amrelay.delivery.tls.TlsPolicy;

/**
 * The server to talk to.
 *
 * @param host its name, for TLS and for people
 * @param address resolved
 * @param tls what the connection must reach
 */
public record Target(String host, InetSocketAddress address, TlsPolicy tls) {
    /** {@code host[address]:port}. */
    @Override
    public String toString() {
        return host + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }

    Target inClear() {
        return new Target(host, address, TlsPolicy.NONE);
    }
}
