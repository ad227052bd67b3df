// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A web address that a stranger's record may send us to: a host's name on the usual port.
 *
 * @param host in lower case
 * @param path with the query, beginning with a slash
 */
record WebAddress(String host, String path) {
    private static final int HTTPS = 443;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_PATH = 2000;

    /** Empty for other schemes and ports, users, addresses in numbers, and names without a dot. */
    static Optional<WebAddress> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean usual = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && (uri.getPort() < 0 || uri.getPort() == HTTPS);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            boolean inAscii = path.chars().allMatch(c -> c > ' ' && c < 127);
            return usual && isName(host) && inAscii && path.length() <= LONGEST_PATH
                    ? Optional.of(new WebAddress(host, path))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isName(String host) {
        int lastLabel = host.lastIndexOf('.') + 1;
        // No name of a top-level domain begins with a digit, all forms of addresses end in a number
        return lastLabel > 1
                && lastLabel < host.length()
                && host.length() <= LONGEST_HOST
                && Character.isLetter(host.charAt(lastLabel))
                && host.indexOf('[') < 0;
    }
}
