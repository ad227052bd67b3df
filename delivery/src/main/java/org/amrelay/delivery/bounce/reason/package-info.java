// SPDX-License-Identifier: Apache-2.0
/**
 * Why a mail was refused: reply codes, enhanced codes (RFC 3463, RFC 7372, RFC 7505) and the words of servers as one
 * category.
 *
 * <p>Entry type: {@link org.amrelay.delivery.bounce.reason.BounceClassifier}; the same for replies in a session and for what a
 * notice says later. What a server says in clear words wins over its code, since many give 5.1.1 or 5.7.1 for everything;
 * an exact code wins over vague words. The words are in {@code reasons.txt} beside it. Pure and linear; safe for several
 * threads.
 */
@NullMarked
package org.amrelay.delivery.bounce.reason;

import org.jspecify.annotations.NullMarked;
