// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.util.List;

/**
 * The port to where keys are kept.
 *
 * <p>Calls block until the change is durable. Safe for several threads.
 */
public interface DkimKeyStore {
    /** All keys, by domain, then by age. */
    List<StoredKey> all();

    /** @return false when the domain has a key with that selector; then nothing has changed */
    boolean add(StoredKey key);

    /** Replaces keys that are there, all or none. @return false when one of them is not there */
    boolean replace(List<StoredKey> keys);

    /** @return false when it was not there */
    boolean remove(String domain, String selector);
}
