// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Duration;
import java.util.Set;

/**
 * How suspicious to be.
 *
 * @param on whether accounts are watched at all
 * @param sensitivity the score is multiplied with it; 1 is usual, 0.1 to 10
 * @param burst recipients within a day that a new account may have before that is a burst; a quarter within ten minutes
 * @param learning how old an account has to be at least before its own habits count
 * @param activeDays on how many days it has to have sent before they count
 * @param never accounts that are not watched, in lower case
 */
public record ContainmentSettings(
        boolean on, double sensitivity, int burst, Duration learning, int activeDays, Set<String> never) {
    public static final ContainmentSettings USUAL = new ContainmentSettings(1, 200, Duration.ofDays(10), 5);

    /** Watches all accounts. */
    public ContainmentSettings(double sensitivity, int burst, Duration learning, int activeDays) {
        this(true, sensitivity, burst, learning, activeDays, Set.of());
    }

    public ContainmentSettings {
        never = Set.copyOf(never);
        if (!(sensitivity >= 0.1 && sensitivity <= 10)) {
            throw new IllegalArgumentException("has a sensitivity outside 0.1 to 10: " + sensitivity);
        }
        if (burst < 1 || activeDays < 1 || learning.isNegative()) {
            throw new IllegalArgumentException("needs a burst and days above 0");
        }
    }
}
