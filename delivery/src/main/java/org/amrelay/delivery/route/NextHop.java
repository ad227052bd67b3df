// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.Locale;

/**
 * The place that takes responsibility next: the mail exchangers of a domain, one fixed host, or a route by its name.
 *
 * <p>{@code toString()} is the text form that storage keeps and {@link #parse} reads; equal hops share a lane. Immutable.
 */
public sealed interface NextHop {
    /** Looks up MX, or the address records when there is none (RFC 5321 §5.1). */
    record MailExchangersOf(String domain) implements NextHop {
        public MailExchangersOf {
            domain = domain.toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "mx:" + domain;
        }
    }

    /**
     * One host, without MX look-up.
     *
     * @param host a name or an IP address without brackets
     * @param port 1 to 65535
     */
    record FixedHost(String host, int port) implements NextHop {
        public FixedHost {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            host = host.toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "host:" + host + ":" + port;
        }
    }

    /**
     * A route of the configuration, looked up anew at each attempt, so that a changed route leads waiting mail too.
     *
     * @param route its name
     * @param towards which part of the route this lane is for: the domain whose exchangers are meant, or the host that is
     *     to be tried first; empty text when the route is one lane
     */
    record ByRoute(String route, String towards) implements NextHop {
        public ByRoute {
            if (route.isEmpty() || route.indexOf('/') >= 0) {
                throw new IllegalArgumentException("not a route's name: " + route);
            }
            towards = towards.toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return towards.isEmpty() ? "route:" + route : "route:" + route + "/" + towards;
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static NextHop parse(String text) {
        if (text.startsWith("mx:")) {
            return new MailExchangersOf(text.substring(3));
        }
        if (text.startsWith("route:")) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new ByRoute(text.substring(6), "")
                    : new ByRoute(text.substring(6, slash), text.substring(slash + 1));
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("host:") && colon > 5) {
            return new FixedHost(text.substring(5, colon), Integer.parseInt(text.substring(colon + 1)));
        }
        throw new IllegalArgumentException("not a next hop: " + text);
    }
}
