// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.quarantine;

import java.time.Instant;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewQuarantined;

/** Moves mail from repositories into quarantine. Blocks until durable; safe for several threads. */
public interface QuarantineTakeOver {
    /** Says how a mail that rests in a repository is kept in quarantine. */
    @FunctionalInterface
    interface Conversion {
        /** Quick and without side effects. */
        NewQuarantined of(StoredMail mail, Instant now);
    }

    /** Moves a mail with its bytes, in one transaction; false when it is not there any more. */
    boolean move(String url, String key, Conversion how);
}
