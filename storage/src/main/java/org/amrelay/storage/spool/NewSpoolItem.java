// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.time.Instant;
import org.amrelay.storage.mail.StoredMail;

/**
 * A mail that shall wait in a queue.
 *
 * <p>In the queue {@link Spool#MAIN} equal recipients are kept once and there must be at least one.
 *
 * @param queue name of the queue; a queue exists by being used
 * @param priority 0 (last) to 9 (first), usually {@link #NORMAL_PRIORITY}
 * @param notBefore when it may be taken; {@link Instant#EPOCH} for at once
 */
public record NewSpoolItem(String queue, StoredMail mail, int priority, Instant notBefore) {
    public static final int NORMAL_PRIORITY = 5;

    public NewSpoolItem {
        if (priority < 0 || priority > 9) {
            throw new IllegalArgumentException("not a priority from 0 to 9: " + priority);
        }
    }

    /** A mail that may be taken at once, with normal priority. */
    public static NewSpoolItem of(String queue, StoredMail mail) {
        return new NewSpoolItem(queue, mail, NORMAL_PRIORITY, Instant.EPOCH);
    }
}
