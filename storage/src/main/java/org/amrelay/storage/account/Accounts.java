// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.util.List;
import java.util.Optional;

/**
 * All accounts.
 *
 * <p>Safe for several threads. {@code find} answers from memory for accounts that were asked for lately; changes block
 * until they are durable and throw {@code StorageUnavailable}.
 */
public interface Accounts {
    Optional<Account> find(String name);

    /** @return false when an account of that name exists; nothing happens then */
    boolean add(Account account);

    /** @return false when there is no account of that name */
    boolean update(Account account);

    /** @return false when there was none */
    boolean remove(String name);

    /**
     * A page of the names in their order.
     *
     * @param after the last name of the page before, empty text for the first page
     */
    List<String> names(String after, int limit);

    long count();
}
