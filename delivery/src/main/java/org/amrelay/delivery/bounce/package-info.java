// SPDX-License-Identifier: Apache-2.0
/**
 * What a mail to a bounce address says: failure, delay, success, complaint or an automatic answer.
 *
 * <p>Entry type: {@link org.amrelay.delivery.bounce.BounceParser}. Follows RFC 3464, RFC 6522, RFC 6533 and RFC 5965, and reads
 * what servers write that know none of them, in many languages; {@code signs.txt} has the words. Never fails, whatever
 * the octets; bounded and linear. Pure; safe for several threads. Never decides what is done about a bounce.
 */
@NullMarked
package org.amrelay.delivery.bounce;

import org.jspecify.annotations.NullMarked;
