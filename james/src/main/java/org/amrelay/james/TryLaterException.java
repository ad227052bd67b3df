// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

/**
 * Ends the processing of a spool item; the spooler rolls back and tries the item again later.
 *
 * <p>It is an {@code Error} because James' processors catch {@code Exception} around every matcher and mailet and, unless
 * each line of the configuration says otherwise, turn it into a bounce. Only a spooler that catches {@code Throwable} may
 * be used with {@link Postponement#rollBack()}. Carries no stack trace: it is an outcome, the cause has been logged.
 */
public final class TryLaterException extends Error {
    private static final long serialVersionUID = 1L;

    public TryLaterException(String message) {
        super(message, null, false, false);
    }
}
