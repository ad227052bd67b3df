// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.Routes;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.InternationalDomain;

/**
 * Next hops by recipient domain, as people write them: {@code example.org=host:port, example.com=mx}.
 *
 * <p>Entries are separated by commas or line ends. Immutable.
 */
public final class RouteList {
    private final Map<String, String> targets;
    private final Routes routes;

    private RouteList(Map<String, String> targets) {
        this.targets = Map.copyOf(targets);
        this.routes = Routes.parse(targets);
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence when an entry is wrong or a domain stands twice
     */
    public static RouteList of(String text) {
        Map<String, String> targets = new LinkedHashMap<>();
        for (String entry : text.split("[,\\n]", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            String name = equals < 1 ? "" : entry.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String domain = InternationalDomain.canonical(name);
            String target = entry.substring(equals + 1).strip();
            if (domain.isEmpty() || target.isEmpty() || domain.equals("*")) {
                throw new IllegalArgumentException("has '" + entry.strip() + "', which is not domain=next hop");
            }
            if (targets.put(domain, Gateway.withPort(target)) != null) {
                throw new IllegalArgumentException("names " + domain + " twice");
            }
        }
        return new RouteList(targets);
    }

    Optional<NextHop> nextHop(EmailAddress recipient) {
        return targets.containsKey(recipient.domain()) ? Optional.of(routes.nextHop(recipient)) : Optional.empty();
    }

    @Override
    public String toString() {
        return targets.toString();
    }
}
