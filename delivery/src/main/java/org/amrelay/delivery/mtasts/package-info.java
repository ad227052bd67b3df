// SPDX-License-Identifier: Apache-2.0
/**
 * What a domain demands of those who send it mail by a policy on a web server (RFC 8461).
 *
 * <p>Entry type: {@link org.amrelay.delivery.mtasts.StsEvaluator}, asked for each recipient's domain before its mail
 * exchangers are looked at. Policies are fetched by {@link org.amrelay.delivery.mtasts.HttpsPolicyFetcher} and kept
 * through {@link org.amrelay.delivery.mtasts.StsPolicyStore}. Never fails mail itself: what a policy means for a
 * connection is decided in {@code delivery.tlspolicy}.
 */
@NullMarked
package org.amrelay.delivery.mtasts;

import org.jspecify.annotations.NullMarked;
