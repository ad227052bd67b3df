// SPDX-License-Identifier: Apache-2.0
/**
 * How much an account, a client or a domain may send in a time, and how long a client is kept out that guesses passwords.
 *
 * <p>Entry types: {@link org.amrelay.authentication.limit.SubmissionLimiter} and {@link
 * org.amrelay.authentication.limit.BanPolicy}. Counting is behind {@link org.amrelay.authentication.limit.LimitStore}, one
 * call for all rules of an event, so that several nodes can share it; here it is bounded memory. Never waits; answers
 * <em>try later</em> with a time, never a permanent refusal.
 */
@NullMarked
package org.amrelay.authentication.limit;

import org.jspecify.annotations.NullMarked;
