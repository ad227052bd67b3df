// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.util.List;
import org.amrelay.authentication.dkim.OwnKey;

/**
 * The keys that sign for a domain; from memory, for every message.
 *
 * <p>Safe for several threads.
 */
@FunctionalInterface
public interface SigningKeys {
    /** One or several, or none when the domain is not to be signed for. */
    List<OwnKey> of(String domain);

    /** Signs for nobody. */
    static SigningKeys none() {
        return domain -> List.of();
    }
}
