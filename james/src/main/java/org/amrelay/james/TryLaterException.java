// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Duration;

/**
 * Ends the processing of a spool item; the spooler rolls back and tries the item again later.
 *
 * <p>It is an {@code Error} because James' processors catch {@code Exception} around every matcher and mailet and, unless
 * each line of the configuration says otherwise, turn it into a bounce. Only a spooler that catches {@code Throwable} may
 * be used with {@link Postponement#rollBack()}. Carries no stack trace: it is an outcome, the cause has been logged.
 */
public final class TryLaterException extends Error {
    private static final long serialVersionUID = 1L;

    /** Zero when something has failed that counts against the mail. */
    private final Duration suspension;

    public TryLaterException(String message) {
        this(message, Duration.ZERO);
    }

    private TryLaterException(String message, Duration suspension) {
        super(message, null, false, false);
        this.suspension = suspension;
    }

    /** For mail that waits for something outside, which is no failure of the mail. */
    public static TryLaterException suspended(String message, Duration atMost) {
        return new TryLaterException(message, atMost);
    }

    /** Whether nothing has failed that would count against the mail. */
    public boolean isSuspended() {
        return !suspension.isZero();
    }

    /** How long it waits at most. */
    public Duration suspension() {
        return suspension;
    }
}
