// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import org.amrelay.authentication.report.failure.FailedMessage;
import org.amrelay.authentication.report.failure.PendingFailures;

/** Counts as another log does, and puts failures to those that wait. */
record FailureLog(VerdictLog counts, PendingFailures pending) implements VerdictLog {
    @Override
    public void record(Observation observation, Disposition disposition) {
        counts.record(observation, disposition);
    }

    @Override
    public boolean takesFailures() {
        return true;
    }

    @Override
    public void failed(FailedMessage message) {
        pending.add(message);
    }
}
