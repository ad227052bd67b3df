// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.time.Duration;
import java.time.Instant;

/** Times in the past as people write them. */
final class Ages {
    private Ages() {}

    /** @throws IllegalArgumentException with a sentence */
    static Instant ago(String text, Instant now) {
        int end = text.length() - 1;
        try {
            long number = end < 1 ? 0 : Long.parseLong(text.substring(0, end));
            Duration age = switch (end < 1 ? ' ' : text.charAt(end)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                case 'h' -> Duration.ofHours(number);
                case 'd' -> Duration.ofDays(number);
                default -> throw new IllegalArgumentException("no unit");
            };
            return now.minus(age);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 30m, 4h or 2d", wrong);
        }
    }
}
