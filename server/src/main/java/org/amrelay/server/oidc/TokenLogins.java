// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.sasl.TokenVerdict;
import org.amrelay.smtp.auth.BearerLogins;
import org.amrelay.storage.account.Accounts;

/**
 * Judges tokens (RFC 7519) of one issuer: signature, issuer, audience, times, and whether they name an account of ours.
 *
 * <p>RS256 and ES256 only, each with a key of its kind (RFC 8725 §3.1); the token chooses a key by its id and nothing else.
 * Safe for several threads; blocks while keys are fetched.
 */
public final class TokenLogins implements BearerLogins {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final int LONGEST = 12_000;

    private final OidcSettings settings;
    private final IssuerKeys keys;
    private final Accounts accounts;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    public TokenLogins(OidcSettings settings, Accounts accounts, Clock clock) {
        this.settings = settings;
        this.keys = new IssuerKeys(URI.create(settings.jwks()), settings.keepKeys(), clock);
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public boolean areTaken() {
        return !settings.issuer().isEmpty();
    }

    @Override
    public String hint() {
        String base = settings.issuer().endsWith("/")
                ? settings.issuer().substring(0, settings.issuer().length() - 1)
                : settings.issuer();
        return json.createObjectNode()
                .put("status", "invalid_token")
                .put("openid-configuration", base + "/.well-known/openid-configuration")
                .toString();
    }

    @Override
    public TokenVerdict judge(String token) {
        String[] parts = token.split("\\.", -1);
        if (!areTaken() || parts.length != 3 || token.length() > LONGEST) {
            return new TokenVerdict.Refused("not a token");
        }
        try {
            JsonNode header = json.readTree(decode(parts[0]));
            if (!header.isObject()) {
                return new TokenVerdict.Refused("not a token");
            }
            Optional<PublicKey> key = keys.find(header.path("kid").asText());
            if (key.isEmpty()) {
                return new TokenVerdict.Refused("signed with a key that the issuer does not have");
            }
            byte[] signed = (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII);
            if (!verifies(header.path("alg").asText(), key.get(), signed, decode(parts[2]))) {
                return new TokenVerdict.Refused("the signature is wrong");
            }
            return claims(json.readTree(decode(parts[1])));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException malformed) {
            return new TokenVerdict.Refused("not a token");
        } catch (IOException unreachable) {
            return new TokenVerdict.Unknown(String.valueOf(unreachable.getMessage()));
        }
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, byte[] signature) {
        Map<String, Class<? extends PublicKey>> kinds = Map.of("RS256", RSAPublicKey.class, "ES256", ECPublicKey.class);
        Class<? extends PublicKey> kind = kinds.get(algorithm);
        if (kind == null || !kind.isInstance(key)) {
            return false;
        }
        try {
            Signature verifier =
                    Signature.getInstance(algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    private TokenVerdict claims(JsonNode claims) {
        Instant now = clock.instant();
        if (!claims.path("iss").asText().equals(settings.issuer())) {
            return new TokenVerdict.Refused("of another issuer");
        }
        if (!isForUs(claims.path("aud"))) {
            return new TokenVerdict.Refused("for another audience");
        }
        if (!claims.path("exp").isNumber() || time(claims, "exp").plus(SKEW).isBefore(now)) {
            return new TokenVerdict.Refused("expired");
        }
        if (claims.has("nbf") && time(claims, "nbf").minus(SKEW).isAfter(now)) {
            return new TokenVerdict.Refused("not valid yet");
        }
        if (!claims.path("email_verified").asBoolean(true) && settings.claim().equals("email")) {
            return new TokenVerdict.Refused("the issuer did not verify the address");
        }
        String account = claims.path(settings.claim()).asText().toLowerCase(Locale.ROOT);
        return accounts.find(account).isPresent()
                ? new TokenVerdict.Accepted(account)
                : new TokenVerdict.Refused("'" + settings.claim() + "' names no account of ours");
    }

    private boolean isForUs(JsonNode audience) {
        if (!audience.isArray()) {
            return audience.asText().equals(settings.audience());
        }
        for (JsonNode each : audience) {
            if (each.asText().equals(settings.audience())) {
                return true;
            }
        }
        return false;
    }

    private static Instant time(JsonNode claims, String name) {
        long seconds = claims.path(name).asLong();
        return Instant.ofEpochSecond(Math.max(0, Math.min(seconds, Instant.MAX.getEpochSecond() / 2)));
    }
}
