// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.List;
import java.util.Set;

/**
 * Where a link leads, read as a browser reads it (WHATWG URL §4.4) rather than as it looks. Immutable.
 *
 * @param written as in the message
 * @param scheme in lower case, such as {@code https}
 * @param userInfo what stands before the host; empty in nearly all
 * @param host in A-labels and lower case, or an IP address without brackets and zeros; empty for schemes without host
 * @param port the one to connect to; -1 for schemes without one
 * @param path with its slash; for schemes without host all that follows the scheme
 * @param query without the question mark
 * @param fragment without the number sign
 * @param oddities what is unusual in it
 */
public record LinkAddress(
        String written,
        String scheme,
        String userInfo,
        String host,
        int port,
        String path,
        String query,
        String fragment,
        Set<Oddity> oddities) {
    public LinkAddress {
        oddities = Set.copyOf(oddities);
    }

    /** Reads a link with its scheme; what has none counts as {@code http}. Never fails, the host may be empty. */
    public static LinkAddress parse(String written) {
        return new LinkAddressParser(written).parse();
    }

    /** Whether it leads to a web server. */
    public boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** Whether it has a host to ask lists about. */
    public boolean hasHost() {
        return !host.isEmpty();
    }

    /** Whether it leads to another host than the one that is shown; {@code www.} before either makes no difference. */
    public boolean leadsElsewhereThan(LinkAddress shown) {
        return hasHost() && !bare(shown.host).equals(bare(host));
    }

    private static String bare(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    /** The same for all ways of writing it: without user, fragment, usual port, and needless percent signs. */
    public String normal() {
        if (!hasHost()) {
            return scheme + ':' + path;
        }
        StringBuilder text =
                new StringBuilder(scheme).append("://").append(host.indexOf(':') < 0 ? host : '[' + host + ']');
        if (oddities.contains(Oddity.ODD_PORT)) {
            text.append(':').append(port);
        }
        text.append(Percent.normal(path));
        return (query.isEmpty() ? text : text.append('?').append(Percent.normal(query))).toString();
    }

    /** The addresses inside of path, query and fragment, to which a redirector may lead; at most 8. */
    public List<LinkAddress> embedded() {
        return oddities.contains(Oddity.EMBEDDED_ADDRESS) ? EmbeddedAddresses.of(this) : List.of();
    }
}
