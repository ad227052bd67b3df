// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;

/**
 * One recipient of an envelope with what the sender wants to hear about it (RFC 3461 §4.1, §4.2).
 *
 * <p>Immutable.
 *
 * @param address where the mail goes
 * @param notifyOn empty when the sender said nothing, which means failures and perhaps delays
 * @param originalRecipient the ORCPT value as given ({@code rfc822;bob@example.org}), still in xtext-decoded form
 */
public record EnvelopeRecipient(EmailAddress address, Set<Notify> notifyOn, Optional<String> originalRecipient) {
    public EnvelopeRecipient {
        notifyOn = notifyOn.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(notifyOn));
        if (notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1) {
            throw new IllegalArgumentException("NOTIFY=NEVER stands alone (RFC 3461 §4.1)");
        }
    }

    public static EnvelopeRecipient of(EmailAddress address) {
        return new EnvelopeRecipient(address, Set.of(), Optional.empty());
    }

    /** Whether the sender wants a notice of that kind; without NOTIFY that is so for failures and delays. */
    public boolean wants(Notify kind) {
        return notifyOn.isEmpty() ? kind == Notify.FAILURE || kind == Notify.DELAY : notifyOn.contains(kind);
    }
}
