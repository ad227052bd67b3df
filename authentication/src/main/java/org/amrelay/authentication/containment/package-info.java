// SPDX-License-Identifier: Apache-2.0
/**
 * Whether an account's mail is what this account usually sends, or what somebody sends who stole its password.
 *
 * <p>Entry type: {@link org.amrelay.authentication.containment.AccountWatch}, which keeps baselines and says who is
 * contained. Its {@link org.amrelay.authentication.containment.ContainmentEvaluator} weighs several signals against an
 * {@link org.amrelay.authentication.containment.AccountBaseline} of bounded size; the usual signals hold an account only
 * together, never one alone. The watch is safe for several threads and asks its store alone. Never holds, refuses or
 * delivers anything itself.
 */
@NullMarked
package org.amrelay.authentication.containment;

import org.jspecify.annotations.NullMarked;
