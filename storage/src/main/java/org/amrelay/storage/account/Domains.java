// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.util.List;

/**
 * The domains whose mail is ours to take.
 *
 * <p>Names are compared in lower case. Reads come from memory; changes block until they are durable and throw
 * {@code StorageUnavailable}. Safe for several threads.
 */
public interface Domains {
    boolean contains(String domain);

    /** Sorted. */
    List<String> all();

    /** @return false when it was there */
    boolean add(String domain);

    /** @return false when it was not there */
    boolean remove(String domain);
}
