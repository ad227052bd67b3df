// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a message is spam: points of named tests, and of what was learned from many messages.
 *
 * <p>Entry type: {@link org.amrelay.filtering.spam.SpamScorer}. It looks at bounded parts of the one view of the message, asks
 * nobody outside, and decides nothing: what follows from the points is up to mailets. Safe for several threads.
 */
@NullMarked
package org.amrelay.filtering.spam;

import org.jspecify.annotations.NullMarked;
