// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.List;

/**
 * The counts of all rules, of this process or shared by several.
 *
 * <p>Safe for several threads.
 */
public interface LimitStore {
    /** Counts all claims or, when there is no room for one of them, none. */
    LimitVerdict claim(List<LimitClaim> claims, Instant now);

    /** Whether a call may wait for the network, always for a bounded time. */
    default boolean mayWait() {
        return false;
    }
}
