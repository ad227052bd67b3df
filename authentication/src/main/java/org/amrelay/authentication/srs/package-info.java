// SPDX-License-Identifier: Apache-2.0
/**
 * Envelope senders that carry a proof: rewritten so that forwarded mail passes SPF and its bounces find the way back
 * (Sender Rewriting Scheme), or tagged so that forged bounces are recognised (BATV), on demand for each recipient apart (VERP).
 *
 * <p>Entry types: {@link org.amrelay.authentication.srs.SenderRewriting} and
 * {@link org.amrelay.authentication.srs.BounceTag}. Both prove with a keyed hash that we made the address, and for how
 * long it is good; several secrets are known at a time, so that they can be changed. Never looks anything up, and never
 * decides which mail is rewritten. Safe for several threads.
 */
@NullMarked
package org.amrelay.authentication.srs;

import org.jspecify.annotations.NullMarked;
