// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Duration;

/**
 * How a site comes back after it was slowed down.
 *
 * @param every how long nothing bad must have been answered before the next raise
 * @param by how much is added to the factor with each raise, above 0 to 1
 * @param settle replies within this time after a slow-down are answers to what was under way, and only counted
 * @param lowest the factor never falls below
 */
public record Recovery(Duration every, double by, Duration settle, double lowest) {
    public Recovery {
        if (every.toMillis() < 1000 || !(by > 0 && by <= 1) || settle.isNegative() || !(lowest > 0 && lowest <= 1)) {
            throw new IllegalArgumentException("a recovery takes at least 1 s, by 0.01 to 1");
        }
    }

    /** 10 % more every 30 minutes, one slow-down a minute, never below 1 %. */
    public static Recovery standard() {
        return new Recovery(Duration.ofMinutes(30), 0.1, Duration.ofMinutes(1), 0.01);
    }
}
