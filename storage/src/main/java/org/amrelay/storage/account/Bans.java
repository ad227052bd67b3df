// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Client networks that are kept out, and those that were lately.
 *
 * <p>Reads come from memory; changes block until they are durable and throw {@code StorageUnavailable}. Safe for several
 * threads.
 */
public interface Bans {
    Optional<StoredBan> find(String network);

    /** By network. */
    List<StoredBan> all();

    /**
     * Takes the place of the one for that network.
     *
     * @param forgetBefore bans that ended before are dropped
     */
    void put(StoredBan ban, Instant forgetBefore);

    /** @return false when there was none */
    boolean remove(String network);
}
