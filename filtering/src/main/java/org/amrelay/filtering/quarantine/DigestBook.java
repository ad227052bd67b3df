// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;

/** Who has been told of what. Blocks on the disk; safe for several threads. */
public interface DigestBook {
    /**
     * Recipients with mail of which they were not told, in the order of their text.
     *
     * @param slot the time of a digest: their mail came before it, and they got no digest since
     * @param after the last one of the page before, empty text for the first page
     */
    List<EmailAddress> awaiting(Instant slot, String after, int limit);

    /** Kept mails of which the recipient was not told, newest first. */
    List<QuarantinedMail> newFor(EmailAddress recipient, int limit);

    /** Sends a digest and notes of what it tells, in one transaction. */
    void send(DigestMail digest, Instant at);
}
