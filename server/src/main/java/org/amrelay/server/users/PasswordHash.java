// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A stored password: scheme, work factor, salt and derived key, in one line of text.
 *
 * <p>The text is {@code $pbkdf2-sha512$i=210000$salt$key} (PHC string format, base64 without padding), so that a hash
 * says itself how it was made and the work factor can be raised while old hashes still verify. Immutable.
 */
final class PasswordHash {
    private static final String SCHEME = "pbkdf2-sha512";
    /** More than this would let whoever can write a hash stop the server for minutes. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private final int iterations;
    private final byte[] salt;
    private final byte[] key;

    PasswordHash(int iterations, byte[] salt, byte[] key) {
        this.iterations = iterations;
        this.salt = salt.clone();
        this.key = key.clone();
    }

    /** Reads the text form, alone or before a space and other keys; empty when it is another scheme or broken, which then matches no password. */
    static Optional<PasswordHash> parse(String text) {
        int end = text.indexOf(' ');
        String[] parts = (end < 0 ? text : text.substring(0, end)).split("\\$", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals(SCHEME) || !parts[2].startsWith("i=")) {
            return Optional.empty();
        }
        try {
            int iterations = Integer.parseInt(parts[2].substring(2));
            byte[] salt = Base64.getDecoder().decode(parts[3]);
            byte[] key = Base64.getDecoder().decode(parts[4]);
            boolean usable = iterations > 0 && iterations <= MOST_ITERATIONS && salt.length > 0 && key.length > 0;
            return usable ? Optional.of(new PasswordHash(iterations, salt, key)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] key() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The text form, which storage keeps. */
    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$" + SCHEME + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(key);
    }
}
