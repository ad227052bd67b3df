// SPDX-License-Identifier: Apache-2.0
/**
 * Which policy holds for a connection: exceptions of the settings, the route, DANE or MTA-STS.
 *
 * <p>Entry type: {@link org.amrelay.delivery.tlspolicy.TlsPolicyEvaluator}, asked for each attempt, first for the
 * destination and then for each of its hosts. Waits for DNS and, for a policy that is not known yet, for the policy host.
 * Its answers say why; a failure is never more than a refusal for now.
 */
@NullMarked
package org.amrelay.delivery.tlspolicy;

import org.jspecify.annotations.NullMarked;
