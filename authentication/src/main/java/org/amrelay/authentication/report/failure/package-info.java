// SPDX-License-Identifier: Apache-2.0
/**
 * DMARC failure reports: one message that failed, told to the domain that it says it comes from (RFC 9991).
 *
 * <p>Entry types: {@link org.amrelay.authentication.report.failure.FailedMessage} says whether a domain wants to hear of a
 * message ({@code ruf=}, {@code fo=}), {@link org.amrelay.authentication.report.failure.PendingFailures} holds what is to be
 * sent and limits it, {@link org.amrelay.authentication.report.failure.FailureReportWriter} makes the mail, and {@link
 * org.amrelay.authentication.report.failure.FailureReportParser} reads those of others.
 *
 * <p>Never asks the DNS, never sends mail, never passes on a body.
 */
@NullMarked
package org.amrelay.authentication.report.failure;

import org.jspecify.annotations.NullMarked;
