// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.amrelay.authentication.sasl.TokenVerdict;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenLoginsTest {
    private static final String ANN = "ann@ours.test";

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private final LocalIssuer issuer = new LocalIssuer();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private TokenLogins logins;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @BeforeEach
    void anAccount(RelayStorage storage) {
        storage.accounts().add(new Account(ANN, "hash", now));
        logins = new TokenLogins(
                new OidcSettings(
                        LocalIssuer.NAME, issuer.jwksAddress(), LocalIssuer.AUDIENCE, "email", Duration.ofHours(1)),
                storage.accounts(),
                clock);
    }

    @AfterEach
    void stopTheIssuer() {
        issuer.close();
    }

    private Map<String, Object> claims() {
        return LocalIssuer.claims(ANN, now);
    }

    private void refuses(String token, String cause) {
        assertThat(logins.judge(token))
                .isInstanceOfSatisfying(
                        TokenVerdict.Refused.class,
                        refused -> assertThat(refused.cause()).contains(cause));
    }

    private void refusesWith(String claim, Object value, String cause) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        refuses(issuer.token(claims), cause);
    }

    @Test
    void takesTokensOfTheIssuerForAccountsOfOurs() {
        TokenVerdict ann = new TokenVerdict.Accepted(ANN);
        assertThat(logins.judge(issuer.token(claims()))).isEqualTo(ann);
        assertThat(logins.judge(issuer.token("ES256", "e", claims()))).isEqualTo(ann);
        Map<String, Object> others = claims();
        others.put("aud", LocalIssuer.AUDIENCE);
        others.put("email", "Ann@Ours.test");
        others.put("email_verified", true);
        assertThat(logins.judge(issuer.token(others))).isEqualTo(ann);
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void refusesTokensThatAreNotForUsNotNowOrForNobody() {
        refusesWith("iss", "https://other.example", "another issuer");
        refusesWith("aud", "webshop", "another audience");
        refusesWith("aud", java.util.List.of(), "another audience");
        refusesWith("exp", now.minusSeconds(61).getEpochSecond(), "expired");
        refusesWith("exp", "soon", "expired");
        refusesWith("nbf", now.plusSeconds(120).getEpochSecond(), "not valid yet");
        refusesWith("email", "nobody@ours.test", "names no account");
        refusesWith("email_verified", false, "did not verify");
    }

    @Test
    void refusesTokensThatTheIssuerDidNotSign() {
        String good = issuer.token(claims());
        refuses(good.substring(0, good.lastIndexOf('.') + 1) + LocalIssuer.encode(new byte[256]), "signature");
        refuses(good.substring(0, good.lastIndexOf('.') + 1), "signature");
        refuses(issuer.token("none", "r", claims()), "signature");
        refuses(issuer.token("HS256", "r", claims()), "signature");
        refuses(issuer.token("RS256", "e", claims()), "signature");
        refuses(issuer.token("RS256", "unknown", claims()), "does not have");
        refuses(issuer.token("RS256", "o", claims()), "does not have");
        String[] parts = good.split("\\.", -1);
        String forged = LocalIssuer.encode(("{\"iss\":\"" + LocalIssuer.NAME + "\"}").getBytes(StandardCharsets.UTF_8));
        refuses(parts[0] + "." + forged + "." + parts[2], "signature");
        for (String text : new String[] {"", "a.b", "a.b.c", "..", "!.!.!", "x".repeat(13_000) + ".a.b"}) {
            refuses(text, "not a token");
        }
    }

    @Test
    void fetchesKeysForAnUnknownIdOnceAMinuteOnly() {
        refuses(issuer.token("RS256", "one", claims()), "does not have");
        refuses(issuer.token("RS256", "two", claims()), "does not have");
        assertThat(issuer.fetches).hasValue(1);
        now = now.plus(Duration.ofMinutes(1));
        refuses(issuer.token("RS256", "two", claims()), "does not have");
        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void anIssuerThatIsDownMeansLaterUnlessItsKeysAreKnown() {
        issuer.status = 503;
        assertThat(logins.judge(issuer.token(claims()))).isInstanceOf(TokenVerdict.Unknown.class);
        issuer.status = 200;
        now = now.plus(Duration.ofMinutes(1));
        assertThat(logins.judge(issuer.token(claims()))).isInstanceOf(TokenVerdict.Accepted.class);
        issuer.status = 503;
        now = now.plus(Duration.ofHours(2));
        assertThat(logins.judge(issuer.token(claims()))).isInstanceOf(TokenVerdict.Accepted.class);
        now = now.plus(Duration.ofHours(23));
        assertThat(logins.judge(issuer.token(claims()))).isInstanceOf(TokenVerdict.Unknown.class);
    }

    @Test
    void asksForAnAudienceAndForEncryptionOnTheWay() {
        assertThatThrownBy(() -> new OidcSettings("https://i", "https://i/k", "", "email", Duration.ZERO))
                .hasMessageContaining("'audience' is missing");
        assertThatThrownBy(() -> new OidcSettings("https://i", "http://i/k", "amr", "email", Duration.ZERO))
                .hasMessageContaining("https://");
    }
}
