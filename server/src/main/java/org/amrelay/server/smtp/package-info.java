// SPDX-License-Identifier: Apache-2.0
/**
 * The SMTP server: strict framing, limits, TLS with certificates that are read again, and a final reply that waits for
 * the disk without holding a thread (RFC 5321, 3207, 4954, 1870, 2920, 3461).
 *
 * <p>Entry type: {@link org.amrelay.server.smtp.RelaySmtpServerFactory}. Configuration and hooks are James' own; what
 * stands between the socket and the hooks is ours. One connection lives on one event loop; whatever may block (password
 * checks, hooks that do not say {@link org.amrelay.smtp.DoesNotBlock}, spill files) runs on a bounded pool while the
 * connection does not read. Never resolves names and never logs credentials.
 */
@NullMarked
package org.amrelay.server.smtp;

import org.jspecify.annotations.NullMarked;
