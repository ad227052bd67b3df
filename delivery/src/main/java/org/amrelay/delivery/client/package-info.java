// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks SMTP to one server at a time and says what it answered for each recipient (RFC 5321, pipelining RFC 2920,
 * BDAT RFC 3030, STARTTLS RFC 3207, DSN parameters RFC 3461, 8BITMIME RFC 6152, SMTPUTF8 RFC 6531).
 *
 * <p>Entry type: {@code SmtpClient}. Chooses no host and retries nothing: that is the lane's
 * work. A connection lives on one event-loop thread; nothing here blocks, and every wait has a time-out.
 */
@NullMarked
package org.amrelay.delivery.client;

import org.jspecify.annotations.NullMarked;
