// SPDX-License-Identifier: Apache-2.0
/**
 * Which addresses an account may send under, on the envelope and in the message (RFC 6409 §6.1).
 *
 * <p>Entry type: {@link org.amrelay.authentication.identity.AuthorshipEvaluator}. What an account owns is asked of
 * {@link org.amrelay.authentication.identity.AccountIdentities}; nothing here waits, keeps or changes anything. Never
 * guesses: an author that can be read in two ways is refused.
 */
@NullMarked
package org.amrelay.authentication.identity;

import org.jspecify.annotations.NullMarked;
