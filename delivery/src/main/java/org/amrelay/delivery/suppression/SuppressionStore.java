// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.address.EmailAddress;

/**
 * Keeps suppressed addresses.
 *
 * <p>Safe for several threads. A change is seen by {@link #suppressed} once its stage completes.
 */
public interface SuppressionStore {
    /**
     * Why mail of an account may not go to an address, by an entry of the account or by one for all; answers from memory
     * and waits for nothing.
     *
     * @param account empty for mail without one, which only entries for all concern
     */
    Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now);

    /**
     * Adds entries, or replaces those of the same account and address.
     *
     * @return how many are new
     */
    CompletionStage<Integer> put(List<Suppression> entries);

    /**
     * Removes the entry of an account, or the one for all.
     *
     * @return whether it was there
     */
    CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address);

    /** Notes a hard bounce; counts those of that account and address since an instant, this one included. */
    CompletionStage<Integer> countHardBounce(String account, EmailAddress address, Instant at, Instant since);

    /**
     * An entry with its place in the list.
     *
     * @param id grows with each new entry
     */
    record Listed(long id, Suppression entry) {}

    /**
     * A page of the entries that have not ended; blocks on the disk.
     *
     * @param account only those of the account; empty for all entries, those for everybody among them
     * @param address part of the address, or empty text for all
     * @param afterId id of the last one of the page before, 0 for the first page
     */
    List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now);

    /** Suppresses nothing and keeps nothing; for those who only rehearse. */
    static SuppressionStore empty() {
        return new EmptySuppressions();
    }
}
