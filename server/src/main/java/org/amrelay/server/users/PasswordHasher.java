// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.amrelay.authentication.sasl.ScramKeys;

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

    /** What the keys for SCRAM cost unless the configuration says otherwise. */
    public static final int SCRAM_ITERATIONS = 100_000;

    private final int iterations;
    private final int scramIterations;
    private final SecureRandom random = new SecureRandom();
    private final PasswordHash nobody;

    /** Hashes with the least work factor that is fit for use. */
    public PasswordHasher() {
        this(LEAST_ITERATIONS, SCRAM_ITERATIONS);
    }

    /**
     * Hashes with that work factor.
     *
     * @param iterations fewer than {@link #LEAST_ITERATIONS} are for tests
     */
    public PasswordHasher(int iterations) {
        this(iterations, iterations);
    }

    /**
     * Hashes with these work factors.
     *
     * @param scramIterations of the keys for SCRAM-SHA-256; 0 makes none
     */
    public PasswordHasher(int iterations, int scramIterations) {
        this.iterations = iterations;
        this.scramIterations = scramIterations;
        this.nobody = new PasswordHash(iterations, newSalt(), new byte[KEY_BYTES]);
    }

    /** The text to store for the password of a new account. */
    String hash(String password) {
        return hash(password, Optional.empty());
    }

    /**
     * The text to store for a new password: its hash, and behind a space its keys for SCRAM.
     *
     * @param before what is stored now; the keys keep its salt, which the account's app passwords share
     */
    String hash(String password, Optional<String> before) {
        byte[] salt = newSalt();
        String hash = new PasswordHash(iterations, salt, derive(password, salt, iterations, KEY_BYTES)).toString();
        return scramKeys(password, before).map(keys -> hash + ' ' + keys).orElse(hash);
    }

    private Optional<ScramKeys> scramKeys(String password, Optional<String> before) {
        if (scramIterations == 0) {
            return Optional.empty();
        }
        Optional<ScramKeys> known = before.flatMap(PasswordHasher::scramKeys);
        return ScramKeys.derive(
                password,
                known.map(ScramKeys::salt).orElseGet(this::newSalt),
                known.map(ScramKeys::iterations).orElse(scramIterations));
    }

    /** The keys for SCRAM in a stored text. */
    static Optional<ScramKeys> scramKeys(String stored) {
        return ScramKeys.parse(stored.substring(stored.indexOf(' ') + 1));
    }

    /** What the keys for SCRAM of a new account cost; 0 when none are made. */
    int scramIterations() {
        return scramIterations;
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

    /** Whether the text was made with a smaller work factor than today's, or without the keys that are kept today. */
    boolean isOutdated(String stored) {
        return PasswordHash.parse(stored)
                .map(hash -> hash.iterations() < iterations
                        || scramIterations > 0 && scramKeys(stored).isEmpty())
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
