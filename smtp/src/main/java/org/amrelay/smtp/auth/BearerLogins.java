// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import org.amrelay.authentication.sasl.TokenVerdict;

/**
 * The issuer whose tokens let accounts in.
 *
 * <p>Safe for several threads.
 */
public interface BearerLogins {
    /** Whether there is such an issuer. */
    boolean areTaken();

    /** What a token says; may block, but not for long. */
    TokenVerdict judge(String token);

    /** A JSON object that tells a refused client where to get a token (RFC 7628 §3.2.2). */
    String hint();
}
