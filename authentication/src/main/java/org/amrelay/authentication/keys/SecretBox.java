// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals small secrets with AES-256-GCM (NIST SP 800-38D), each under the name that it is kept under.
 *
 * <p>A sealed secret is a version octet, four octets that tell keys apart, a random nonce of twelve, and the encrypted
 * octets with their tag. It opens under its own name only, so that rows cannot be exchanged. Safe for several threads.
 */
public final class SecretBox {
    /** Octets of the key. */
    public static final int KEY_OCTETS = 32;

    private static final byte VERSION = 1;
    private static final int MARK = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST = 1 + MARK + NONCE + TAG_BITS / 8;

    private final SecretKey key;
    private final byte[] mark;
    private final SecureRandom random;

    private SecretBox(SecretKey key, byte[] mark, SecureRandom random) {
        this.key = key;
        this.mark = mark;
        this.random = random;
    }

    /**
     * A box with the key that a text holds: 32 octets in base64, with or without padding, usual or for URLs.
     *
     * @throws IllegalArgumentException with a sentence that does not show the text
     */
    public static SecretBox of(String text, SecureRandom random) {
        byte[] octets;
        try {
            octets = Base64.getDecoder()
                    .decode(text.strip().replace('-', '+').replace('_', '/').replace("=", ""));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the secret key is not base64", wrong);
        }
        if (octets.length != KEY_OCTETS) {
            throw new IllegalArgumentException("the secret key has " + octets.length + " octets, not " + KEY_OCTETS);
        }
        return new SecretBox(new SecretKeySpec(octets, "AES"), mark(octets), random);
    }

    /** Tells keys apart and says nothing about them. */
    private static byte[] mark(byte[] octets) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("amr secret key".getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(octets), MARK);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** Encrypts. */
    public byte[] seal(String name, byte[] secret) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            return ByteBuffer.allocate(1 + MARK + NONCE + encrypted.length)
                    .put(VERSION)
                    .put(mark)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has AES-GCM", impossible);
        }
    }

    /** Decrypts; empty when it was sealed with another key or under another name, or has been changed. */
    public Optional<byte[]> open(String name, byte[] sealed) {
        boolean isOurs =
                sealed.length >= LEAST && sealed[0] == VERSION && Arrays.equals(sealed, 1, 1 + MARK, mark, 0, MARK);
        if (!isOurs) {
            return Optional.empty();
        }
        int start = 1 + MARK + NONCE;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, 1 + MARK, start), name);
            return Optional.of(cipher.doFinal(sealed, start, sealed.length - start));
        } catch (AEADBadTagException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has AES-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "SecretBox";
    }
}
