// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import org.amrelay.mail.address.EmailAddress;

/** Whose mail recipients want whatever its score. Blocks on the disk; safe for several threads. */
public interface AllowedSenders {
    /** From now on that recipient wants that sender's mail. */
    void allow(EmailAddress recipient, EmailAddress sender, Instant at);

    /** Without regard to case. */
    boolean isAllowed(EmailAddress recipient, EmailAddress sender);

    /** A list that stays empty. */
    static AllowedSenders nobody() {
        return new AllowedSenders() {
            @Override
            public void allow(EmailAddress recipient, EmailAddress sender, Instant at) {
                // nothing is kept
            }

            @Override
            public boolean isAllowed(EmailAddress recipient, EmailAddress sender) {
                return false;
            }
        };
    }
}
