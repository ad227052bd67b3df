// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/** What the destination does with a recipient; the address says it, so that no book has to be asked. */
enum RecipientKind {
    /** Takes it. */
    PLAIN,
    /** Refuses it for good; the sender has to get a notice. */
    REFUSED,
    /** Refuses it once for now, then takes it. */
    LATER,
    /** Takes the message once and hangs up without an answer, then takes it again: in doubt by the peer's fault. */
    VANISHING;

    EmailAddress address(int number, String mailId) {
        return new EmailAddress(name().toLowerCase(Locale.ROOT) + "-" + number + "." + mailId, TortureMail.THERE);
    }

    /** The kind of an address of ours; empty for senders and strangers. */
    static Optional<RecipientKind> of(EmailAddress address) {
        if (!address.domain().equals(TortureMail.THERE)) {
            return Optional.empty();
        }
        for (RecipientKind kind : values()) {
            if (address.localPart().startsWith(kind.name().toLowerCase(Locale.ROOT) + "-")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
