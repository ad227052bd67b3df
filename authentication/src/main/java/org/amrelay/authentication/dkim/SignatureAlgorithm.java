// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways of signing that are still safe (RFC 8301 §3.1, RFC 8463 §3). */
public enum SignatureAlgorithm {
    RSA_SHA256("rsa-sha256", "rsa", "SHA256withRSA"),
    /** Signs the hash of the data, not the data (RFC 8463 §3). */
    ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519");

    private final String word;
    private final String keyType;
    private final String javaName;

    SignatureAlgorithm(String word, String keyType, String javaName) {
        this.word = word;
        this.keyType = keyType;
        this.javaName = javaName;
    }

    /** The algorithm of the tag {@code a=}. */
    public static Optional<SignatureAlgorithm> ofWord(String word) {
        return Stream.of(values()).filter(a -> a.word.equals(word)).findFirst();
    }

    /** The value of the tag {@code a=}. */
    public String word() {
        return word;
    }

    /** The value of the tag {@code k=} of a key that can be used. */
    public String keyType() {
        return keyType;
    }

    /** Whether the signature was made over the data with the other half of the key; false for a signature that is none. */
    public boolean verify(PublicKey key, byte[] data, byte[] signature) {
        return verify(SignatureProvider.ofJava(), key, data, signature);
    }

    /** The same with signatures from elsewhere. */
    boolean verify(SignatureProvider provider, PublicKey key, byte[] data, byte[] signature) {
        try {
            Signature check = provider.signature(javaName);
            check.initVerify((PublicKey) provider.prepared(key));
            check.update(input(data));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // Wrong length, or octets that cannot be a signature
            return false;
        }
    }

    /**
     * Signs.
     *
     * @throws IllegalArgumentException when the key is not of this algorithm
     */
    public byte[] sign(PrivateKey key, byte[] data) {
        return sign(SignatureProvider.ofJava(), key, data);
    }

    /** The same with signatures from elsewhere. */
    byte[] sign(SignatureProvider provider, PrivateKey key, byte[] data) {
        try {
            Signature signature = provider.signature(javaName);
            signature.initSign((PrivateKey) provider.prepared(key));
            signature.update(input(data));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key for " + word, e);
        }
    }

    private byte[] input(byte[] data) throws GeneralSecurityException {
        return this == ED25519_SHA256 ? MessageDigest.getInstance("SHA-256").digest(data) : data;
    }
}
