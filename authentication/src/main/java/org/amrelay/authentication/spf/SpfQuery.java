// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;

/**
 * Who claims what: the arguments of check_host() (RFC 7208 §4.1).
 *
 * <p>Immutable.
 *
 * @param client the address of the peer; an IPv4 address mapped to IPv6 is an IPv4 address (RFC 7208 §5)
 * @param helo the peer's greeting as given, without regard to its form
 * @param localPart never empty: {@code postmaster} stands for a missing one (RFC 7208 §4.3)
 * @param domain the domain whose policy is asked for, lower case, internationalised names as A-labels
 * @param identity which of the peer's claims this is
 */
public record SpfQuery(InetAddress client, String helo, String localPart, String domain, Identity identity) {
    /** The claims that SPF can check (RFC 7208 §2.3, §2.4). */
    public enum Identity {
        HELO,
        MAIL_FROM
    }

    public SpfQuery {
        localPart = localPart.isEmpty() ? "postmaster" : localPart;
        domain = asciiOf(domain).toLowerCase(Locale.ROOT);
    }

    /** Checks the greeting alone (RFC 7208 §2.3). */
    public static SpfQuery helo(InetAddress client, String helo) {
        return new SpfQuery(client, helo, "", helo, Identity.HELO);
    }

    /**
     * Checks the envelope sender; for the null sender the greeting takes its place (RFC 7208 §2.4).
     *
     * @param sender without angle brackets, empty for the null sender; any text will do
     */
    public static SpfQuery mailFrom(InetAddress client, String helo, String sender) {
        if (sender.isEmpty()) {
            return helo(client, helo);
        }
        int at = sender.lastIndexOf('@');
        return new SpfQuery(
                client, helo, sender.substring(0, Math.max(at, 0)), sender.substring(at + 1), Identity.MAIL_FROM);
    }

    /** The whole sender, as the macro {@code s} has it. */
    String sender() {
        return localPart + '@' + domain;
    }

    private static String asciiOf(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain;
        }
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            // Left as it is; no policy can be found under such a name
            return domain;
        }
    }
}
