// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * An address to which nothing is sent.
 *
 * @param account whose mail is meant; empty: everybody's
 * @param address lower case, as case makes no difference here
 * @param source who said so, in words: a server's reply, a notice, an operator
 * @param since when it was added
 * @param until when it ends; empty: never
 */
public record Suppression(
        Optional<String> account,
        EmailAddress address,
        SuppressionReason reason,
        String source,
        Instant since,
        Optional<Instant> until) {
    private static final int LONGEST_SOURCE = 300;

    public Suppression {
        account = account.map(name -> name.toLowerCase(Locale.ROOT));
        address = key(address);
        String line = source.replace('\n', ' ').replace('\r', ' ');
        source = line.length() > LONGEST_SOURCE ? line.substring(0, LONGEST_SOURCE) : line;
    }

    /** The address in the form in which addresses are compared here. */
    public static EmailAddress key(EmailAddress address) {
        return new EmailAddress(address.localPart().toLowerCase(Locale.ROOT), address.domain());
    }
}
