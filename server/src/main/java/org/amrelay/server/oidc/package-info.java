// SPDX-License-Identifier: Apache-2.0
/**
 * Log-ins with tokens of an OpenID Connect issuer: RFC 7519 tokens checked with the keys that the issuer publishes.
 *
 * <p>Entry type: {@link org.amrelay.server.oidc.TokenLogins}. Keys are fetched when they are needed and kept; an issuer that
 * cannot be reached means <em>try later</em>. Never asks the issuer about a single token, never makes an account.
 */
@NullMarked
package org.amrelay.server.oidc;

import org.jspecify.annotations.NullMarked;
