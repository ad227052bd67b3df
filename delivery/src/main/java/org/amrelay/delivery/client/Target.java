// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.net.InetSocketAddress;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.TlsRequirement;

/**
 * The server to talk to.
 *
 * @param host its name, for TLS and for people
 * @param address resolved
 * @param tls what the connection must reach
 */
public record Target(String host, InetSocketAddress address, TlsRequirement tls) {
    /** With a policy that needs nothing but itself. */
    public Target(String host, InetSocketAddress address, TlsPolicy tls) {
        this(host, address, TlsRequirement.of(tls));
    }

    /** {@code host[address]:port}. */
    @Override
    public String toString() {
        return host + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }

    /** The same server with another requirement. */
    public Target with(TlsRequirement other) {
        return new Target(host, address, other);
    }

    Target inClear() {
        return new Target(host, address, TlsRequirement.clear(""));
    }
}
