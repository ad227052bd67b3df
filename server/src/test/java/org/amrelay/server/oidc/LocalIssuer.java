// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.oidc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer on the loopback: publishes its keys and signs tokens. */
public final class LocalIssuer implements AutoCloseable {
    public static final String NAME = "https://issuer.example";
    public static final String AUDIENCE = "amr";

    private final HttpServer server;
    private final KeyPair rsa = pair("RSA", 2048);
    private final KeyPair ec = pair("EC", 256);
    final AtomicInteger fetches = new AtomicInteger();
    volatile int status = 200;

    public LocalIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            byte[] body = jwks();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String jwksAddress() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] jwks() throws IOException {
        RSAPublicKey one = (RSAPublicKey) rsa.getPublic();
        ECPublicKey other = (ECPublicKey) ec.getPublic();
        return new ObjectMapper()
                .writeValueAsBytes(Map.of(
                        "keys",
                        List.of(
                                Map.of(
                                        "kty",
                                        "RSA",
                                        "kid",
                                        "r",
                                        "use",
                                        "sig",
                                        "n",
                                        number(one.getModulus()),
                                        "e",
                                        number(one.getPublicExponent())),
                                Map.of(
                                        "kty",
                                        "EC",
                                        "kid",
                                        "e",
                                        "crv",
                                        "P-256",
                                        "x",
                                        number(other.getW().getAffineX()),
                                        "y",
                                        number(other.getW().getAffineY())),
                                Map.of("kty", "oct", "kid", "o", "k", "AAAA"),
                                Map.of("kty", "RSA", "kid", "broken", "n", "!", "e", "AQAB"))));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a token that lets the account in says. */
    public static Map<String, Object> claims(String account, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", NAME);
        claims.put("aud", List.of("other", AUDIENCE));
        claims.put("exp", now.plusSeconds(300).getEpochSecond());
        claims.put("email", account);
        return claims;
    }

    public String token(Map<String, Object> claims) {
        return token("RS256", "r", claims);
    }

    String token(String algorithm, String id, Map<String, Object> claims) {
        try {
            ObjectMapper json = new ObjectMapper();
            String text = encode(json.writeValueAsBytes(Map.of("alg", algorithm, "kid", id))) + "."
                    + encode(json.writeValueAsBytes(claims));
            boolean elliptic = algorithm.equals("ES256");
            Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(elliptic ? ec.getPrivate() : rsa.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encode(signature.sign());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
