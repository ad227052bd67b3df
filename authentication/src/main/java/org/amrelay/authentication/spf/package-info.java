// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a client may use the domain of an envelope sender or of its greeting (Sender Policy Framework, RFC 7208).
 *
 * <p>Entry type: {@link org.amrelay.authentication.spf.SpfEvaluator}, which is check_host() of RFC 7208 §4 for a
 * {@link org.amrelay.authentication.spf.SpfQuery}. A record is parsed as a whole before any of it is evaluated, so that a
 * syntax error anywhere is a permanent error (§4.6). At most ten terms ask the DNS, at most two of them in vain (§4.6.4).
 * What the DNS could not say is a temporary error and never a failure.
 *
 * <p>Never asks for records of type SPF (99), never guesses a policy for domains without one, refuses nothing itself.
 * Safe for several threads; blocks nowhere.
 */
@NullMarked
package org.amrelay.authentication.spf;

import org.jspecify.annotations.NullMarked;
