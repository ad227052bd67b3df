// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.text.LinkAddress;
import org.amrelay.mail.text.Oddity;

/** Makes an address of what stands in an attribute, with the document's base (RFC 3986 §5). Stateless. */
final class Resolution {
    private Resolution() {}

    static LinkAddress of(String written, Optional<LinkAddress> base) {
        String href = written.strip();
        if (base.isEmpty() || hasScheme(href)) {
            // Mail has no address of its own: a path leads nowhere
            return isPath(href)
                    ? new LinkAddress(href, "", "", "", -1, href, "", "", Set.of())
                    : LinkAddress.parse(href);
        }
        LinkAddress from = base.get();
        String root = from.scheme() + "://" + from.host()
                + (from.oddities().contains(Oddity.ODD_PORT) ? ":" + from.port() : "");
        if (href.startsWith("//")) {
            return LinkAddress.parse(from.scheme() + ':' + href);
        }
        if (href.startsWith("/")) {
            return LinkAddress.parse(root + href);
        }
        String folder = from.path().substring(0, from.path().lastIndexOf('/') + 1);
        return LinkAddress.parse(root + (href.startsWith("?") ? from.path() : folder) + href);
    }

    private static boolean hasScheme(String href) {
        int colon = href.indexOf(':');
        return colon > 0
                && href.substring(0, Math.min(colon, 40))
                        .chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '+' || c == '-' || c <= ' ');
    }

    private static boolean isPath(String href) {
        return !href.startsWith("//") && !hasScheme(href) && (href.isEmpty() || "/#?.".indexOf(href.charAt(0)) >= 0);
    }
}
