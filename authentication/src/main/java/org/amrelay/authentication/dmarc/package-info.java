// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the domain that readers see as author takes responsibility for a message, and what that domain wants done
 * otherwise (DMARC, RFC 9989).
 *
 * <p>Entry type: {@link org.amrelay.authentication.dmarc.DmarcEvaluator}, which takes the results of SPF and DKIM as
 * values. {@link org.amrelay.authentication.dmarc.AuthorDomains} reads the From field; organizational domains come from
 * the DNS tree walk (RFC 9989 §4.10), never from a list of public suffixes. The tags {@code pct}, {@code rf} and
 * {@code ri} of older records are ignored. What the DNS could not say is a temporary error and never a failure.
 *
 * <p>Never enforces: the result names the policy, and mailets decide. Safe for several threads; blocks nowhere.
 */
@NullMarked
package org.amrelay.authentication.dmarc;

import org.jspecify.annotations.NullMarked;
