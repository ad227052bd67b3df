// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who reads the PROXY header: the server itself ({@code direct}), or a proxy at {@code address:port}.
 *
 * @param via empty for the server itself
 */
public record ProxyPlace(Optional<InetSocketAddress> via) {
    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence when it is neither
     */
    public static ProxyPlace of(String text) {
        if (text.equals("direct")) {
            return new ProxyPlace(Optional.empty());
        }
        try {
            SmartHost place = SmartHost.of(text);
            int port = place.port().orElseThrow(() -> new IllegalArgumentException("has no port"));
            return new ProxyPlace(Optional.of(
                    new InetSocketAddress(SourceAddress.of(place.host()).address(), port)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("is neither 'direct' nor the address and port of a proxy", wrong);
        }
    }
}
