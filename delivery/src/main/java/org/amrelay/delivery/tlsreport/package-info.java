// SPDX-License-Identifier: Apache-2.0
/**
 * Aggregate reports on TLS with mail exchangers (RFC 8460): counting, daily reports to the domains that want them, and
 * reading the reports of others.
 *
 * <p>Entry types: {@link org.amrelay.delivery.tlsreport.TlsCounter} hears of every session,
 * {@link org.amrelay.delivery.tlsreport.DailyReports} sends by mail and HTTPS,
 * {@link org.amrelay.delivery.tlsreport.TlsReportParser} reads. Decides nothing about mail.
 */
@NullMarked
package org.amrelay.delivery.tlsreport;

import org.jspecify.annotations.NullMarked;
