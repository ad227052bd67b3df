// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;

/** How much is in quarantine, and what is the oldest of it. Blocks on the disk; safe for several threads. */
public interface QuarantineStock {
    /** A kept mail with what it takes. */
    record Kept(long id, long size) {}

    /** The bytes of all kept mails. */
    long bytes();

    /** Kept mails whose time is over, oldest first. */
    List<Long> due(Instant now, int limit);

    /** Kept mails, oldest first. */
    List<Kept> oldest(int limit);

    /** Recipients for whom more bytes than that are kept. */
    List<EmailAddress> heavierThan(long bytes, int limit);

    /** The kept mails of a recipient, newest first. */
    List<Kept> keptFor(EmailAddress recipient, int limit);

    /** Forgets up to so many mails about which everything was decided and whose time is over. */
    int forget(Instant now, int limit);
}
