// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * The times of a rotation.
 *
 * <p>Immutable.
 *
 * @param every how long a key signs before the next one is made; empty for ever
 * @param overlap how long a key must have been in the DNS before it signs, so that no cache remembers its absence
 * @param keep how long a retired key stays in the DNS: longer than mail may be on its way
 */
public record RotationSettings(Optional<Duration> every, Duration overlap, Duration keep) {
    /** No schedule, one day, ten days: five for retries, and as much again for mailboxes that verify late. */
    public static RotationSettings defaults() {
        return new RotationSettings(Optional.empty(), Duration.ofDays(1), Duration.ofDays(10));
    }
}
