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
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** The same fifteen hundred each time: what is cut, changed, doubled and signed for something else. */
    @Test
    void noChangedTokenLetsInAndNoneIsTooMuch() {
        Random random = new Random(1);
        String good = issuer.token("ES256", "e", claims());
        List<String> pieces = List.of(
                ".",
                "=",
                "{",
                "}",
                "[",
                "\"",
                "e30",
                "bnVsbA",
                "W10",
                "\u00e9",
                "\0",
                " ",
                "-",
                "_",
                "[".repeat(2_000),
                "AAAA");
        for (int i = 0; i < 1_500; i++) {
            StringBuilder token = new StringBuilder(good);
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = random.nextInt(token.length() + 1);
                if (random.nextBoolean()) {
                    token.delete(at, Math.min(token.length(), at + 1 + random.nextInt(40)));
                } else {
                    token.insert(at, pieces.get(random.nextInt(pieces.size())));
                }
            }
            if (!token.toString().equals(good)) {
                assertThat(logins.judge(token.toString())).as("%s", token).isInstanceOf(TokenVerdict.Refused.class);
            }
        }
    }

    /** What an issuer signs is hostile as well. */
    @Test
    void anyClaimsAreJudged() {
        Random random = new Random(2);
        List<Object> values = List.of(
                "",
                "x",
                -1,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1e308,
                Double.NaN,
                true,
                List.of(),
                List.of(List.of()),
                Map.of(),
                Map.of("a", 1),
                "\0",
                "\ud800",
                "@",
                LocalIssuer.AUDIENCE,
                LocalIssuer.NAME,
                ANN);
        for (int i = 0; i < 500; i++) {
            Map<String, Object> claims = claims();
            boolean others = false;
            for (String name : List.of("iss", "aud", "exp", "nbf", "email", "email_verified")) {
                if (random.nextInt(3) == 0) {
                    Object value = values.get(random.nextInt(values.size()));
                    claims.put(name, value);
                    others |= name.equals("email") && !value.equals(ANN);
                }
            }
            TokenVerdict verdict = logins.judge(issuer.token("ES256", "e", claims));
            assertThat(verdict).as("%s", claims).isNotInstanceOf(TokenVerdict.Unknown.class);
            if (others) {
                assertThat(verdict).as("%s", claims).isInstanceOf(TokenVerdict.Refused.class);
            }
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
