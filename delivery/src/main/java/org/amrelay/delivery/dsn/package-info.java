// SPDX-License-Identifier: Apache-2.0
/**
 * Tells senders what became of their mail: failed, delayed, delivered, relayed (RFC 3461, RFC 3464).
 *
 * <p>Entry type: {@code NoticeWriter}. Never writes to the null sender, and never what NOTIFY
 * forbids. Text that a peer sent is quoted in a form that cannot add header fields or parts.
 */
@NullMarked
package org.amrelay.delivery.dsn;

import org.jspecify.annotations.NullMarked;
