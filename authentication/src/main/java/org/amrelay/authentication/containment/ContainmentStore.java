// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is usual for accounts, and which accounts are contained, over a restart.
 *
 * <p>Names are in lower case. Safe for several threads. Writes block until they are durable.
 */
public interface ContainmentStore {
    /** What {@link BaselineCodec} wrote; blocks on the disk. */
    Optional<byte[]> baseline(String account);

    /**
     * Keeps baselines in the place of earlier ones, and forgets old ones.
     *
     * @param forgetBefore those that nobody kept since then are forgotten
     */
    void keep(Map<String, byte[]> baselines, Instant forgetBefore);

    /** From memory. */
    Optional<Contained> find(String account);

    /** From memory, by name. */
    List<Contained> all();

    /** Contains the account unless it is contained already; whether it was not. */
    boolean contain(Contained account);

    /** Takes the place of what is known of a contained account; nothing happens when it is not contained any more. */
    void change(Contained account);

    /** Whether it was contained. */
    boolean release(String account);

    /** Knows these accounts and nothing else, and keeps nothing. */
    static ContainmentStore of(List<Contained> contained) {
        return new RememberedContainment(contained);
    }
}
