// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Instant;
import java.util.List;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.mail.address.EmailAddress;

/**
 * For whom a mail is kept back, and why.
 *
 * @param recipients at least one of the mail's
 * @param expiresAt when it is thrown away if nobody decides
 * @param tells whether digests may tell of it
 */
public record KeptBack(QuarantineReason reason, List<EmailAddress> recipients, Instant expiresAt, boolean tells) {
    public KeptBack {
        recipients = List.copyOf(recipients);
    }
}
