// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks SMTP to one server at a time and says what it answered for each recipient (RFC 5321, pipelining RFC 2920,
 * STARTTLS RFC 3207, DSN parameters RFC 3461).
 *
 * <p>Entry type: {@code SmtpClient}. Chooses no host and retries nothing: that is the lane's
 * work. A connection lives on one event-loop thread; nothing here blocks, and every wait has a time-out.
 */
@NullMarked
package org.amrelay.delivery.client;

import org.jspecify.annotations.NullMarked;
