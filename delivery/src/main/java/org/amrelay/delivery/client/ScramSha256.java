// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677): proves the password without sending it, and has the server
 * prove that it knows it as well.
 *
 * <p>For one exchange. {@link #clientFinal} costs some milliseconds of arithmetic. Passwords are normalised with NFKC,
 * which is SASLprep for all that people type as passwords.
 */
final class ScramSha256 {
    /** RFC 7677 §4: fewer would let a false server find the password by trying. */
    private static final int FEWEST_ITERATIONS = 4096;

    /** A hostile server shall not make us count for long. */
    private static final int MOST_ITERATIONS = 200_000;

    private static final int LONGEST_MESSAGE = 2000;
    private static final String NO_CHANNEL_BINDING = "n,,";

    private final String user;
    private final Secret secret;
    private final String nonce;
    private byte[] serverSignature = new byte[0];

    /** @param nonce printable, without commas, made anew for each exchange */
    ScramSha256(String user, Secret secret, String nonce) {
        this.user = user;
        this.secret = secret;
        this.nonce = nonce;
    }

    String clientFirst() {
        return NO_CHANNEL_BINDING + clientFirstBare();
    }

    private String clientFirstBare() {
        return "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    /** The answer to the server's first message; empty when that is none that a good server sends. */
    Optional<String> clientFinal(String serverFirst) {
        String[] parts = serverFirst.split(",", -1);
        if (serverFirst.length() > LONGEST_MESSAGE || parts.length < 3) {
            return Optional.empty();
        }
        Optional<String> both =
                attribute(parts[0], 'r').filter(r -> r.startsWith(nonce) && r.length() > nonce.length());
        Optional<byte[]> salt = attribute(parts[1], 's').flatMap(ScramSha256::base64);
        Optional<Integer> iterations = attribute(parts[2], 'i').flatMap(ScramSha256::iterations);
        if (both.isEmpty() || salt.filter(s -> s.length > 0).isEmpty() || iterations.isEmpty()) {
            return Optional.empty();
        }
        String withoutProof =
                "c=" + Base64.getEncoder().encodeToString(NO_CHANNEL_BINDING.getBytes(UTF_8)) + ",r=" + both.get();
        byte[] authMessage = (clientFirstBare() + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        try {
            byte[] salted = salted(salt.get(), iterations.get());
            byte[] clientKey = hmac(salted, "Client Key".getBytes(UTF_8));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = hmac(storedKey, authMessage);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            serverSignature = hmac(hmac(salted, "Server Key".getBytes(UTF_8)), authMessage);
            return Optional.of(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", impossible);
        }
    }

    /** Whether the server's last message shows that it knows the password too. */
    boolean isProof(String serverFinal) {
        return serverSignature.length > 0
                && attribute(serverFinal.split(",", 2)[0], 'v')
                        .flatMap(ScramSha256::base64)
                        .filter(shown -> MessageDigest.isEqual(shown, serverSignature))
                        .isPresent();
    }

    private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
        String password = Normalizer.normalize(secret.reveal(), Normalizer.Form.NFKC);
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static Optional<String> attribute(String part, char name) {
        return part.length() > 2 && part.charAt(0) == name && part.charAt(1) == '='
                ? Optional.of(part.substring(2))
                : Optional.empty();
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> iterations(String text) {
        boolean isNumber = text.length() <= 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? Optional.of(Integer.parseInt(text)).filter(i -> i >= FEWEST_ITERATIONS && i <= MOST_ITERATIONS)
                : Optional.empty();
    }
}
