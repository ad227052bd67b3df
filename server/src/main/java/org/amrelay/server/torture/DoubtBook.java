// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.amrelay.mail.address.EmailAddress;

/**
 * Which second copies are excused, decided before they are made.
 *
 * <p>After each kill, and before the restart, the ledger's waiting recipients are compared with the destination's copies. Who
 * waits although a copy is there was in flight at the kill: the answer came after the relay's last commit, or never. The
 * relay cannot know and has to send again; each copy that was there excuses one more, and nothing else does. Not safe for
 * several threads.
 */
final class DoubtBook {
    private final Map<EmailAddress, Integer> excused = new HashMap<>();

    /**
     * Writes down who is in doubt at this kill.
     *
     * @param waiting recipients that the ledger will try (again)
     * @param copies at the destination
     * @return how many are
     */
    int afterKill(Collection<EmailAddress> waiting, ToIntFunction<EmailAddress> copies) {
        int inDoubt = 0;
        for (EmailAddress recipient : waiting) {
            int there = copies.applyAsInt(recipient);
            if (there > excused.getOrDefault(recipient, 0)) {
                excused.put(recipient, there);
                inDoubt++;
            }
        }
        return inDoubt;
    }

    /** How many copies beyond the first are excused for the recipient. */
    int excusedFor(EmailAddress recipient) {
        return excused.getOrDefault(recipient, 0);
    }

    /** How many recipients were in doubt at some kill. */
    int recipients() {
        return excused.size();
    }
}
