// SPDX-License-Identifier: Apache-2.0
/**
 * DMARC reports in a running relay: counted while mail passes, sent once a day, old ones forgotten; failures told at once.
 *
 * <p>Entry types: {@link org.amrelay.server.reports.ReportModule} (the parts), {@link
 * org.amrelay.server.reports.ReportUpkeep} (one thread of its own). Reports go out through the spool as mail from within:
 * signed, routed and accounted for as any other. Nothing is sent unless {@code dmarc.send-reports} or {@code
 * dmarc.failure-reports} says so.
 */
@NullMarked
package org.amrelay.server.reports;

import org.jspecify.annotations.NullMarked;
