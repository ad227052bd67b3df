// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.Set;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;

/** Knows which addresses of our domains there are. Safe for several threads; may block for a bounded time. */
public interface RecipientDirectory {
    /** What is known about an address. */
    enum Existence {
        EXISTS,
        MISSING,
        /** Nobody could be asked now. */
        UNKNOWN,
        /** Nobody was asked, since nothing may be asked here. */
        UNASKED
    }

    Existence find(EmailAddress address);

    /** Domains all of whose recipients are known here; changes with a new start only. */
    default Set<DomainPattern> domains() {
        return Set.of();
    }
}
