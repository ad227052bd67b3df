// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

/**
 * Takes what was found out about messages, for reports to the domains that they say they come from.
 *
 * <p>Never waits and never fails. Safe for several threads.
 */
@FunctionalInterface
public interface VerdictLog {
    /** One message, and what was done with it. */
    void record(Observation observation, Disposition disposition);

    /** Reports nothing. */
    static VerdictLog none() {
        return (observation, disposition) -> {};
    }
}
