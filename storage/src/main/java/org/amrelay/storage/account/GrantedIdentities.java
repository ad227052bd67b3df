// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.util.List;
import java.util.Map;

/**
 * What accounts may send under beside their own address and their aliases: addresses, and {@code @domain} for domains.
 *
 * <p>Texts are compared to the letter; callers give them in lower case. Reads come from memory; changes block until they
 * are durable and throw {@code StorageUnavailable}. An account that is removed takes its grants with it. Safe for several
 * threads.
 */
public interface GrantedIdentities {
    boolean contains(String account, String identity);

    /** Sorted. */
    List<String> of(String account);

    /** By account, sorted. */
    Map<String, List<String>> all();

    /** @return false when it was there, or when there is no such account */
    boolean add(String account, String identity);

    /** @return false when it was not there */
    boolean remove(String account, String identity);
}
