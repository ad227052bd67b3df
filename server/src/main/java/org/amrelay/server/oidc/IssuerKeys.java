// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes (RFC 7517): RSA of at least 2048 bits, and P-256.
 *
 * <p>Fetched when they are needed: anew after a time, and for a key that is not known, but not more often than once in a
 * minute. When the issuer cannot be reached, the old ones stay good for a day. One thread fetches, the others wait; a
 * fetch takes at most {@link #PATIENCE} twice and a megabyte. Safe for several threads.
 */
final class IssuerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
    private static final Duration GOOD_WITHOUT_ISSUER = Duration.ofDays(1);
    private static final int MOST_OCTETS = 1 << 20;
    private static final int LEAST_RSA_BITS = 2048;

    private final URI address;
    private final Duration keep;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private Map<String, PublicKey> keys = Map.of();
    private Instant fetchedAt = Instant.MIN;
    private Instant triedAt = Instant.MIN;

    IssuerKeys(URI address, Duration keep, Clock clock) {
        this.address = address;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * The key of that id.
     *
     * @return empty when the issuer has none such
     * @throws IOException when the issuer cannot be asked
     */
    synchronized Optional<PublicKey> find(String id) throws IOException {
        Instant now = clock.instant();
        boolean wanted = isOlder(fetchedAt, keep, now) || !keys.containsKey(id);
        if (wanted && isOlder(triedAt, BETWEEN_FETCHES, now)) {
            triedAt = now;
            try {
                keys = fetch();
                fetchedAt = now;
            } catch (IOException failed) {
                LOG.warn("cannot fetch the keys of {}: {}", address, failed.toString());
            }
        }
        if (isOlder(fetchedAt, GOOD_WITHOUT_ISSUER, now)) {
            throw new IOException("no keys from " + address);
        }
        return Optional.ofNullable(keys.get(id));
    }

    private static boolean isOlder(Instant time, Duration age, Instant now) {
        return time.equals(Instant.MIN) || !now.isBefore(time.plus(age));
    }

    private Map<String, PublicKey> fetch() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setInstanceFollowRedirects(false);
        try (InputStream in = connection.getInputStream()) {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the issuer answers " + connection.getResponseCode());
            }
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw new IOException("more than a megabyte of keys");
            }
            Map<String, PublicKey> read = new HashMap<>();
            for (JsonNode key : json.readTree(octets).path("keys")) {
                read(key).ifPresent(usable -> read.put(key.path("kid").asText(), usable));
            }
            return read;
        } finally {
            connection.disconnect();
        }
    }

    private static Optional<PublicKey> read(JsonNode key) {
        if (key.path("use").asText("sig").equals("enc")) {
            return Optional.empty();
        }
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" -> rsa(key);
                case "EC" -> ec(key);
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            LOG.warn("a key of the issuer is unusable: {}", unusable.toString());
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> rsa(JsonNode key) throws GeneralSecurityException {
        BigInteger modulus = number(key, "n");
        return modulus.bitLength() < LEAST_RSA_BITS
                ? Optional.empty()
                : Optional.of(
                        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, number(key, "e"))));
    }

    private static Optional<PublicKey> ec(JsonNode key) throws GeneralSecurityException {
        if (!key.path("crv").asText().equals("P-256")) {
            return Optional.empty();
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
        return Optional.of(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }
}
