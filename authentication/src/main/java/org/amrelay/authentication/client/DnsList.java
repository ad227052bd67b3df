// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.client;

import java.net.InetAddress;
import java.util.Locale;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.address.Network;

/**
 * A list of addresses in the DNS (RFC 5782) and what it is worth to be in it.
 *
 * <p>Immutable.
 *
 * @param zone lower case
 * @param codes answers that count
 * @param weight above zero for lists of the bad, below for lists of the good
 */
public record DnsList(String zone, Network codes, double weight) {
    private static final Network ALL_CODES = Network.of("127.0.0.0/8");
    /** Lists say with these that the question was refused, not that the address is listed. */
    private static final Network TROUBLE = Network.of("127.255.255.0/24");

    /**
     * Reads {@code zone}, {@code zone=weight} or {@code zone:codes=weight}; the weight is 1 when not given.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static DnsList of(String text) {
        int equals = text.indexOf('=');
        String list = (equals < 0 ? text : text.substring(0, equals)).strip();
        int colon = list.indexOf(':');
        String zone = DomainNames.canonical((colon < 0 ? list : list.substring(0, colon)).strip())
                .filter(name -> name.indexOf('.') > 0)
                .orElseThrow(() -> new IllegalArgumentException("is not a list such as bl.example.org=2.5"));
        try {
            double weight = equals < 0
                    ? 1
                    : Double.parseDouble(text.substring(equals + 1).strip());
            Network codes = colon < 0 ? ALL_CODES : Network.of(list.substring(colon + 1));
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("is not a weight: " + weight);
            }
            return new DnsList(zone.toLowerCase(Locale.ROOT), codes, weight);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("has a weight that is no number, as in bl.example.org=2.5", wrong);
        }
    }

    boolean counts(InetAddress code) {
        return codes.contains(code) && !TROUBLE.contains(code);
    }
}
