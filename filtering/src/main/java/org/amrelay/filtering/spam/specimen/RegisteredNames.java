// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.specimen;

import java.util.Locale;
import java.util.Set;

/**
 * Which hosts belong together, roughly: the last two labels, or three below a country's {@code co}, {@code com} and so on.
 *
 * <p>Good enough for comparing hosts of one message; no decision of a standard hangs on it.
 */
public final class RegisteredNames {
    private static final Set<String> SECOND = Set.of(
            "co", "com", "net", "org", "gov", "gob", "gouv", "ac", "edu", "or", "ne", "go", "mil", "ltd", "plc", "nom",
            "web", "in", "info", "id", "sch", "biz", "firm");

    private RegisteredNames() {}

    /** The site of a host; an address literal is its own. */
    public static String of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        int last = name.lastIndexOf('.');
        if (last <= 0 || name.indexOf(':') >= 0 || Character.isDigit(name.charAt(name.length() - 1))) {
            return name;
        }
        int second = name.lastIndexOf('.', last - 1);
        if (second < 0) {
            return name;
        }
        boolean country = name.length() - last == 3;
        if (country && SECOND.contains(name.substring(second + 1, last))) {
            second = name.lastIndexOf('.', second - 1);
        }
        return name.substring(second + 1);
    }

    /** The last label; empty without one. */
    public static String top(String host) {
        return host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
