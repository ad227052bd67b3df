// SPDX-License-Identifier: Apache-2.0
/**
 * DMARC aggregate reports (RFC 9990): what others report of our domains, and what we report to the domains of others.
 *
 * <p>Entry types: {@link org.amrelay.authentication.report.ReportUnpacker} and {@link
 * org.amrelay.authentication.report.AggregateReportParser} read reports that came in, which are hostile until proven
 * otherwise; {@link org.amrelay.authentication.report.VerdictLog} takes what was found out about a message, {@link
 * org.amrelay.authentication.report.AggregateReportWriter} makes reports of it, and {@link
 * org.amrelay.authentication.report.ReportDestinations} says who wants them. {@link
 * org.amrelay.authentication.report.ReportStore} is the port to where both are kept.
 *
 * <p>Never sends mail and never waits while a message is processed.
 */
@NullMarked
package org.amrelay.authentication.report;

import org.jspecify.annotations.NullMarked;
