// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.time.Instant;

/**
 * A policy with what is known about it; survives restarts.
 *
 * @param id that the domain's record had when it was fetched
 */
public record KeptPolicy(String domain, String id, StsPolicy policy, Instant fetchedAt) {
    /** When it must not be used any more. */
    public Instant expiresAt() {
        return fetchedAt.plus(policy.maxAge());
    }

    boolean isValid(Instant at) {
        return at.isBefore(expiresAt());
    }

    /** More than half of its time is over. */
    boolean isDue(Instant at) {
        return at.isAfter(fetchedAt.plus(policy.maxAge().dividedBy(2)));
    }
}
