// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.amrelay.mail.settings.Parameter;

/** The section {@code oidc} of {@code conf/accounts.yaml}. Immutable. */
public record OidcSettings(
        @Parameter(description = "the issuer whose tokens let accounts in; empty: none", defaultsTo = "")
        String issuer,

        @Parameter(description = "where the issuer publishes its keys (JWKS)", defaultsTo = "")
        String jwks,

        @Parameter(description = "what a token must be for", defaultsTo = "")
        String audience,

        @Parameter(description = "the claim that names the account", defaultsTo = "email")
        String claim,

        @Parameter(description = "how long the issuer's keys are kept before they are fetched again", defaultsTo = "1h")
        Duration keepKeys) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public OidcSettings {
        if (!issuer.isEmpty()) {
            if (audience.isEmpty()) {
                throw new IllegalArgumentException(
                        "'audience' is missing: without it a token for any service would do");
            }
            URI keys = URI.create(jwks);
            boolean safe = "https".equals(keys.getScheme())
                    || "http".equals(keys.getScheme()) && LOOPBACK.contains(String.valueOf(keys.getHost()));
            if (!safe) {
                throw new IllegalArgumentException("'jwks' is not an address that begins with https://");
            }
        }
    }
}
