// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.client;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.address.Network;

/**
 * A client's EHLO or HELO, looked at without asking anybody (RFC 5321 §4.1.1.1, §4.1.3).
 *
 * @param text as given
 */
public record Greeting(String text) {
    /**
     * What is wrong with it; empty when nothing is.
     *
     * @param ownName the name of this host, which no client has
     */
    public Optional<String> flaw(InetAddress client, String ownName) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return literalFlaw(name, client);
        }
        if (name.equals(ownName.toLowerCase(Locale.ROOT))) {
            return Optional.of("it calls itself by our name");
        }
        if (Network.literal(name).isPresent()) {
            return Optional.of("it calls itself by an address without brackets");
        }
        Optional<String> host = DomainNames.canonical(name).filter(known -> known.indexOf('_') < 0);
        if (host.isEmpty()) {
            return Optional.of("it calls itself by something that is no name");
        }
        return host.get().indexOf('.') < 0
                ? Optional.of("it calls itself by a name without a domain")
                : Optional.empty();
    }

    private static Optional<String> literalFlaw(String name, InetAddress client) {
        String inside = name.endsWith("]") ? name.substring(1, name.length() - 1) : "";
        String address = inside.startsWith("ipv6:") ? inside.substring(5) : inside;
        return Network.literal(address).filter(client::equals).isPresent()
                ? Optional.empty()
                : Optional.of("it calls itself by an address that is not its own");
    }
}
