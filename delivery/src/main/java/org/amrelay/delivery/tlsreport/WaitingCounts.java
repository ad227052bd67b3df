// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.LocalDate;

/**
 * What is still to be reported to a domain about a day, in sums.
 *
 * @param day in UTC
 */
public record WaitingCounts(LocalDate day, String domain, long successful, long failed) {}
