// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.Optional;

/** One count. For one thread at a time. */
interface LimitCount {
    /** Empty when there is room; else the time when there may be. */
    Optional<Instant> objection(LimitClaim claim, long now);

    void add(LimitClaim claim, long now);

    /** About how many entries it keeps in memory. */
    int weight();
}
