// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Duration;

/**
 * The time that a rule looks at.
 *
 * @param length at least a second
 * @param sliding whether any stretch of that length counts; else the hours, days and so on of UTC
 */
public record LimitWindow(Duration length, boolean sliding) {
    private static final Duration LONGEST = Duration.ofDays(31);

    public LimitWindow {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("has a time that is not from 1s to 31d");
        }
    }
}
