// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.settings.Parameter;

/**
 * One host of a route; as one value it is {@code host} or {@code host:port}, an IPv6 address in brackets.
 *
 * <p>Immutable.
 */
public record SmartHost(
        @Parameter(description = "name or address, without MX look-up", example = "out1.example.net")
        String host,

        @Parameter(description = "port of this host when it is not the route's", min = 1, max = 65535)
        Optional<Integer> port,

        @Parameter(
                description = "its share of the mail when the route shares by weight",
                defaultsTo = "1",
                min = 1,
                max = 1000)
        int weight) {
    public SmartHost {
        host = withoutBrackets(host.toLowerCase(Locale.ROOT));
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@' || c == ',')) {
            throw new IllegalArgumentException("is not a host");
        }
    }

    public static SmartHost of(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        int colon = text.lastIndexOf(':');
        if (bracketed || colon < 0) {
            return new SmartHost(text, Optional.empty(), 1);
        }
        String port = text.substring(colon + 1);
        boolean isPort = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isPort ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535 || (text.indexOf(':') != colon && !text.startsWith("["))) {
            throw new IllegalArgumentException("is not host or host:port, an IPv6 address in brackets");
        }
        return new SmartHost(text.substring(0, colon), Optional.of(number), 1);
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    /** {@code host:port}. */
    String at(int usualPort) {
        return host + ":" + port.orElse(usualPort);
    }
}
