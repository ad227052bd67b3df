// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * What all rules that hit want done with a mail. Immutable.
 *
 * @param redirect who gets it instead; empty when nobody else does
 * @param copy who gets it as well
 * @param replaced texts by the paths of the attachments in whose place they come
 * @param tell whom to tell
 * @param score spam points to add
 */
public record ContentOrders(
        Optional<Ending> ending,
        List<EmailAddress> redirect,
        List<EmailAddress> copy,
        List<HeaderChange> header,
        Map<String, String> replaced,
        List<EmailAddress> tell,
        double score,
        boolean requireTls) {
    /** Nothing. */
    public static final ContentOrders NONE =
            new ContentOrders(Optional.empty(), List.of(), List.of(), List.of(), Map.of(), List.of(), 0, false);

    public ContentOrders {
        redirect = List.copyOf(redirect);
        copy = List.copyOf(copy);
        header = List.copyOf(header);
        replaced = Map.copyOf(replaced);
        tell = List.copyOf(tell);
    }
}
