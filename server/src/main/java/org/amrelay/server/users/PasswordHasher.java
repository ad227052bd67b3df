// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Turns passwords into hashes that are dear to guess, and checks them: PBKDF2 with HMAC-SHA-512 (RFC 8018 §5.2).
 *
 * <p>One call costs about a tenth of a second of CPU on purpose; {@link LoginCheck} bounds how many run at once. Safe
 * for several threads.
 */
public final class PasswordHasher {
    /** What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA512 as a minimum. */
    public static final int LEAST_ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final PasswordHash nobody;

    /** Hashes with the least work factor that is fit for use. */
    public PasswordHasher() {
        this(LEAST_ITERATIONS);
    }

    /**
     * Hashes with that work factor.
     *
     * @param iterations fewer than {@link #LEAST_ITERATIONS} are for tests
     */
    public PasswordHasher(int iterations) {
        this.iterations = iterations;
        this.nobody = new PasswordHash(iterations, newSalt(), new byte[KEY_BYTES]);
    }

    /** The text to store for a new password. */
    String hash(String password) {
        byte[] salt = newSalt();
        return new PasswordHash(iterations, salt, derive(password, salt, iterations, KEY_BYTES)).toString();
    }

    /** Whether the password is the one behind the stored text; costs the same when there is no such text. */
    boolean matches(String password, Optional<String> stored) {
        Optional<PasswordHash> known = stored.flatMap(PasswordHash::parse);
        PasswordHash against = known.orElse(nobody);
        byte[] key = against.key();
        byte[] derived = derive(password, against.salt(), against.iterations(), key.length);
        // The key of nobody is all zeros and could, in theory, be derived: so the answer needs a known hash as well.
        return MessageDigest.isEqual(derived, key) && known.isPresent();
    }

    /** Whether the text was made with a smaller work factor than today's. */
    boolean isOutdated(String stored) {
        return PasswordHash.parse(stored)
                .map(hash -> hash.iterations() < iterations)
                .orElse(false);
    }

    private byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static byte[] derive(String password, byte[] salt, int iterations, int bytes) {
        char[] characters = password.toCharArray();
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512, which every Java 17 has", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }
}
