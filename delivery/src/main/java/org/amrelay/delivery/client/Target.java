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
 * @param options how to talk to it
 */
public record Target(String host, InetSocketAddress address, TlsRequirement tls, PeerOptions options) {
    /** A server that gets what every server gets. */
    public Target(String host, InetSocketAddress address, TlsRequirement tls) {
        this(host, address, tls, PeerOptions.standard());
    }

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
        return new Target(host, address, other, options);
    }

    Target inClear() {
        return with(TlsRequirement.clear(""));
    }
}
