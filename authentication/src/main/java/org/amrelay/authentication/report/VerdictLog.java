// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import org.amrelay.authentication.report.failure.FailedMessage;
import org.amrelay.authentication.report.failure.PendingFailures;

/**
 * Takes what was found out about messages, for reports to the domains that they say they come from.
 *
 * <p>Never waits and never fails. Safe for several threads.
 */
@FunctionalInterface
public interface VerdictLog {
    /** One message, and what was done with it. */
    void record(Observation observation, Disposition disposition);

    /** Whether it is worth while to tell of messages that failed. */
    default boolean takesFailures() {
        return false;
    }

    /** A message of which its author's domain wants to hear (RFC 9991). */
    default void failed(FailedMessage message) {
        // Only who takes failures does something with them
    }

    /** The same log, with failures put to those that wait to be told. */
    default VerdictLog with(PendingFailures pending) {
        return new FailureLog(this, pending);
    }

    /** Reports nothing. */
    static VerdictLog none() {
        return (observation, disposition) -> {};
    }
}
