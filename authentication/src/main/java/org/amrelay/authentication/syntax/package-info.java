// SPDX-License-Identifier: Apache-2.0
/**
 * What the parsers of this room share: how they answer, and the tag lists of DKIM, DMARC and ARC (RFC 6376 §3.2).
 *
 * <p>Entry type: {@link org.amrelay.authentication.syntax.Parsed}. Text comes from strangers: parsers take linear time
 * and never throw for it. Never looks anything up. Immutable values.
 */
@NullMarked
package org.amrelay.authentication.syntax;

import org.jspecify.annotations.NullMarked;
