// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;

/** Who has been told of what. Blocks on the disk; safe for several threads. */
public interface DigestBook {
    /**
     * Recipients with kept mail of which they were not told.
     *
     * @param noneSince who got a digest then or later is left out
     */
    List<EmailAddress> awaiting(Instant noneSince, int limit);

    /** Kept mails of which the recipient was not told, newest first. */
    List<QuarantinedMail> newFor(EmailAddress recipient, int limit);

    /** Sends a digest and notes of what it tells, in one transaction. */
    void send(DigestMail digest, Instant at);
}
