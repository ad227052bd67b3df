// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password for SCRAM-SHA-256: enough to check a proof, too little to make one (RFC 5802 §3).
 *
 * <p>The text form is {@code $scram-sha-256$i=100000$salt$stored$server}, base64 without padding. Immutable.
 */
public final class ScramKeys {
    /** RFC 7677 §4. */
    public static final int LEAST_ITERATIONS = 4096;

    private static final String SCHEME = "scram-sha-256";
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int KEY_BYTES = 32;

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramKeys(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.iterations = iterations;
        this.salt = salt.clone();
        this.storedKey = storedKey.clone();
        this.serverKey = serverKey.clone();
    }

    /**
     * Makes the keys of a password; costs as much CPU as the iterations say.
     *
     * @return empty when no client could prepare such a password (RFC 4013 §2.3: control characters)
     */
    public static Optional<ScramKeys> derive(String password, byte[] salt, int iterations) {
        return prepare(password).map(prepared -> {
            byte[] salted = pbkdf2(prepared, salt, iterations);
            byte[] clientKey = hmac(salted, "Client Key");
            return new ScramKeys(iterations, salt, sha256(clientKey), hmac(salted, "Server Key"));
        });
    }

    /** Keys that no password has, so that an unknown account looks like any other. */
    public static ScramKeys ofNobody(byte[] salt, int iterations) {
        return new ScramKeys(iterations, salt, new byte[KEY_BYTES], new byte[KEY_BYTES]);
    }

    /** Reads the text form; empty when it is something else or broken. */
    public static Optional<ScramKeys> parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 6 || !parts[0].isEmpty() || !parts[1].equals(SCHEME) || !parts[2].startsWith("i=")) {
            return Optional.empty();
        }
        try {
            int iterations = Integer.parseInt(parts[2].substring(2));
            Base64.Decoder base64 = Base64.getDecoder();
            ScramKeys keys = new ScramKeys(
                    iterations, base64.decode(parts[3]), base64.decode(parts[4]), base64.decode(parts[5]));
            boolean usable = iterations > 0
                    && iterations <= MOST_ITERATIONS
                    && keys.salt.length > 0
                    && keys.storedKey.length == KEY_BYTES
                    && keys.serverKey.length == KEY_BYTES;
            return usable ? Optional.of(keys) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** SASLprep in what matters (RFC 4013): compatibility composed, every space is one, no control characters. */
    private static Optional<String> prepare(String password) {
        StringBuilder mapped = new StringBuilder();
        password.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean control = normal.chars().anyMatch(Character::isISOControl);
        return control || normal.isEmpty() ? Optional.empty() : Optional.of(normal);
    }

    /** The signature of the server when the proof is right (RFC 5802 §3); empty when it is wrong. */
    Optional<byte[]> verify(byte[] proof, String authMessage) {
        byte[] signature = hmac(storedKey, authMessage);
        if (proof.length != signature.length) {
            return Optional.empty();
        }
        byte[] clientKey = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(sha256(clientKey), storedKey)
                ? Optional.of(hmac(serverKey, authMessage))
                : Optional.empty();
    }

    public int iterations() {
        return iterations;
    }

    public byte[] salt() {
        return salt.clone();
    }

    /** Whether both can be tried in one exchange, which has one salt. */
    public boolean sharesSaltWith(ScramKeys other) {
        return iterations == other.iterations && Arrays.equals(salt, other.salt);
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256, which every Java 17 has", e);
        } finally {
            spec.clearPassword();
        }
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256, which every Java has", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has", e);
        }
    }

    /** The text form, which storage keeps. */
    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$" + SCHEME + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + "$" + base64.encodeToString(serverKey);
    }
}
