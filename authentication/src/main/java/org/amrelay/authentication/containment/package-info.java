// SPDX-License-Identifier: Apache-2.0
/**
 * Whether an account's mail is what this account usually sends, or what somebody sends who stole its password.
 *
 * <p>Entry type: {@link org.amrelay.authentication.containment.ContainmentEvaluator}. It weighs several signals against an
 * {@link org.amrelay.authentication.containment.AccountBaseline} of bounded size; the usual signals hold an account only
 * together, never one alone. Pure memory, no look-up; one baseline belongs to one thread at a time. Never holds,
 * refuses or delivers anything itself.
 */
@NullMarked
package org.amrelay.authentication.containment;

import org.jspecify.annotations.NullMarked;
