// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the results that earlier hops wrote down can be believed (Authenticated Received Chain, RFC 8617).
 *
 * <p>Entry types: {@link org.amrelay.authentication.arc.ArcEvaluator} validates the chain of a message,
 * {@link org.amrelay.authentication.arc.ArcSealer} adds a set of ours. ARC is becoming historic: both are kept thin and
 * use the canonicalizer, the keys and the tag lists of DKIM. A key that cannot be looked up breaks the chain (RFC 8617
 * §7.2), but the result tells that apart, as a broken chain is for ever.
 *
 * <p>A valid chain says who handled the message, not that it is good: whom to believe is decided elsewhere. Safe for
 * several threads; reading the body may block on the disk, keys do not.
 */
@NullMarked
package org.amrelay.authentication.arc;

import org.jspecify.annotations.NullMarked;
