// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.time.Instant;
import org.amrelay.storage.mail.StoredMail;

/**
 * A mail that waits in a queue.
 *
 * @param id of the item; in the queue {@link Spool#MAIN} also of the mail in the ledger
 * @param priority 0 to 9
 * @param notBefore when it may be taken, {@link Instant#EPOCH} for at once
 * @param acceptedAt when it was added
 * @param attempts how often it was given back by {@link Spool#retry}
 */
public record SpoolItem(
        long id, String queue, StoredMail mail, int priority, Instant notBefore, Instant acceptedAt, int attempts) {}
