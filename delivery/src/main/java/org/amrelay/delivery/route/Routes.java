// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.InternationalDomain;

/**
 * Says where the mail of a recipient goes next: a target for each listed domain, and one for all others.
 *
 * <p>Text form of a target: {@code mx} (the recipient domain's own exchangers), {@code mx:domain} (those of another
 * domain), {@code host:name:port} or {@code name:port} (one fixed host, IPv6 in brackets allowed). Domains match
 * exactly, without regard to case; {@code *} is the target for all others and is {@code mx} when it is not given.
 * Immutable.
 */
public final class Routes {
    private static final String OTHERS = "*";
    private static final Function<String, NextHop> BY_MX = NextHop.MailExchangersOf::new;

    private final Map<String, Function<String, NextHop>> targets;
    private final Function<String, NextHop> others;

    private Routes(Map<String, Function<String, NextHop>> targets, Function<String, NextHop> others) {
        this.targets = Map.copyOf(targets);
        this.others = others;
    }

    /** Every domain by its own mail exchangers. */
    public static Routes byMx() {
        return new Routes(Map.of(), BY_MX);
    }

    /**
     * Reads targets in text form.
     *
     * @param targets domain, or {@code *}, to target
     * @throws IllegalArgumentException with a sentence that names the domain, when a target is none
     */
    public static Routes parse(Map<String, String> targets) {
        Map<String, Function<String, NextHop>> read = new HashMap<>();
        Function<String, NextHop> others = BY_MX;
        for (Map.Entry<String, String> entry : targets.entrySet()) {
            Function<String, NextHop> target =
                    target(entry.getKey(), entry.getValue().strip());
            if (entry.getKey().equals(OTHERS)) {
                others = target;
            } else {
                read.put(InternationalDomain.canonical(entry.getKey().strip()).toLowerCase(Locale.ROOT), target);
            }
        }
        return new Routes(read, others);
    }

    private static Function<String, NextHop> target(String domain, String text) {
        if (text.equals("mx")) {
            return BY_MX;
        }
        if (text.startsWith("mx:") && text.length() > 3) {
            NextHop fixed = new NextHop.MailExchangersOf(text.substring(3));
            return ignored -> fixed;
        }
        String hostAndPort = text.startsWith("host:") ? text.substring(5) : text;
        int colon = hostAndPort.lastIndexOf(':');
        String host = colon < 1 ? "" : withoutBrackets(hostAndPort.substring(0, colon));
        if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace)) {
            throw wrong(domain, text);
        }
        int port = portOf(hostAndPort.substring(colon + 1));
        if (port < 1) {
            throw wrong(domain, text);
        }
        NextHop fixed = new NextHop.FixedHost(host, port);
        return ignored -> fixed;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int portOf(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(text) : 0;
        return port <= 65535 ? port : 0;
    }

    private static IllegalArgumentException wrong(String domain, String text) {
        return new IllegalArgumentException("the route of '" + domain + "' is '" + text
                + "', but must be 'mx', 'mx:domain' or 'host:name:port' with a port from 1 to 65535");
    }

    /** Where that recipient's mail goes. Constant time, looks nothing up. */
    public NextHop nextHop(EmailAddress recipient) {
        return targets.getOrDefault(recipient.domain(), others).apply(recipient.domain());
    }
}
