// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How many sessions of one day went the same way.
 *
 * @param day in UTC
 * @param failure empty for those that went well
 */
public record TlsCount(LocalDate day, ReportedPolicy policy, Optional<FailureDetail> failure, long sessions) {}
