// SPDX-License-Identifier: Apache-2.0
/**
 * Reads messages that other programs wrote badly: what matters of them to find out what they report.
 *
 * <p>Entry type: {@link org.amrelay.delivery.bounce.report.ReportMessage}. Knows MIME (RFC 2045, 2046, 2047) and forgives
 * missing boundaries, empty lines and line ends. Never fails, whatever the octets; linear in their number and bounded by
 * {@link org.amrelay.delivery.bounce.report.ReportMessage#MOST_BYTES}. Pure; safe for several threads. Never decides what a
 * message means.
 */
@NullMarked
package org.amrelay.delivery.bounce.report;

import org.jspecify.annotations.NullMarked;
