// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.ReversePath;

/**
 * What routes may ask about a mail, apart from the recipient.
 *
 * <p>Immutable.
 *
 * @param account that submitted it
 * @param size in octets
 * @param headers by lower-case name the decoded values; only the names that the route book asks for
 * @param attributes by name the values as text; only the names that the route book asks for
 * @param port of the relay that the mail came in on
 */
public record MailTraits(
        ReversePath sender,
        Optional<String> account,
        long size,
        Map<String, List<String>> headers,
        Map<String, String> attributes,
        Optional<Integer> port) {
    public MailTraits {
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
