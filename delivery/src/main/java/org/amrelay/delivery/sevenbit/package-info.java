// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a message with 8-bit parts into one of seven bits, for servers that do not offer 8BITMIME (RFC 6152 §3, RFC 2045
 * §6).
 *
 * <p>Entry type: {@link org.amrelay.delivery.sevenbit.SevenBitContent}. Reads the message twice, in a stream, and holds a
 * few kilobytes of it. Never touches what stands in a signed or encrypted part, never changes what is seven bits already,
 * and knows nothing of DKIM: whoever signs converts before (docs/decisions/0071).
 */
@NullMarked
package org.amrelay.delivery.sevenbit;

import org.jspecify.annotations.NullMarked;
