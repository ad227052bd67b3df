// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/**
 * What is known about a message beside its bytes. Immutable.
 *
 * @param sender of the envelope
 * @param signedBy the domains in lower case whose keys will sign it
 * @param points its spam points
 * @param required so many points make it spam
 */
public record SenderFacts(ReversePath sender, Set<String> signedBy, double points, double required, Instant now) {
    public SenderFacts {
        signedBy = Set.copyOf(signedBy);
    }

    /** The domain of the envelope sender in lower case; empty for the null sender. */
    public String envelopeDomain() {
        return sender.address().map(EmailAddress::domain).orElse("").toLowerCase(Locale.ROOT);
    }
}
