// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.repository;

import java.time.Instant;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewQuarantined;

/** Says how a mail that rests in a repository is kept in quarantine. */
@FunctionalInterface
public interface QuarantineTakeOver {
    /** Quick and without side effects. */
    NewQuarantined of(StoredMail mail, Instant now);
}
