// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.Map;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.Routes;
import org.amrelay.mail.address.EmailAddress;

/**
 * A next hop as people write it: {@code mx}, {@code mx:domain}, {@code host} or {@code host:port}.
 *
 * <p>A host without a port means port 25; an IPv6 address stands in brackets. Immutable.
 */
public final class Gateway {
    private final String text;
    private final Routes routes;

    private Gateway(String text) {
        this.text = text;
        this.routes = Routes.parse(Map.of("*", withPort(text)));
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence when it is no next hop
     */
    public static Gateway of(String text) {
        try {
            return new Gateway(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("is not a next hop such as mx, host or host:port", wrong);
        }
    }

    static String withPort(String target) {
        boolean hasPort = target.indexOf(':') >= 0 && !target.endsWith("]");
        return hasPort || target.equals("mx") || target.isEmpty() ? target : target + ":25";
    }

    NextHop nextHop(EmailAddress recipient) {
        return routes.nextHop(recipient);
    }

    @Override
    public String toString() {
        return text;
    }
}
