// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SigningKey;

/** Reads private keys, RSA or Ed25519, and computes their public halves. */
public final class PrivateKeyReader {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int SHORTEST_RSA = 1024;

    private PrivateKeyReader() {}

    /**
     * Reads the text of a PEM file with an unencrypted PKCS #8 key (RFC 7468 §10).
     *
     * @throws IllegalArgumentException with a sentence, which shows nothing of the key
     */
    public static OwnKey pem(String domain, String selector, String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(
                    text.contains("RSA PRIVATE KEY-----")
                            ? "is not PKCS #8; 'openssl pkcs8 -topk8 -nocrypt' turns it into that"
                            : "has no line " + BEGIN);
        }
        byte[] octets;
        try {
            octets = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("is not base64 between its lines", wrong);
        }
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            try {
                return read(domain, selector, algorithm, octets);
            } catch (GeneralSecurityException other) {
                // A key of another kind; the next algorithm may fit
                continue;
            }
        }
        throw new IllegalArgumentException("is neither an RSA nor an Ed25519 key");
    }

    /**
     * Reads PKCS #8.
     *
     * @throws GeneralSecurityException when it is no key of that algorithm
     */
    static OwnKey read(String domain, String selector, SignatureAlgorithm algorithm, byte[] octets)
            throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(algorithm.keyType().toUpperCase(java.util.Locale.ROOT))
                .generatePrivate(new PKCS8EncodedKeySpec(octets));
        return new OwnKey(new SigningKey(domain, selector, algorithm, key), publicHalf(key));
    }

    private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            BigInteger modulus = rsa.getModulus();
            if (modulus.bitLength() < SHORTEST_RSA) {
                throw new IllegalArgumentException("has " + modulus.bitLength() + " bits, which is too short");
            }
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, rsa.getPublicExponent()));
        }
        if (key instanceof EdECPrivateKey edwards && edwards.getBytes().isPresent()) {
            return ofSeed(edwards.getBytes().get());
        }
        throw new GeneralSecurityException("no public half can be computed");
    }

    /** Java computes a public half only when it makes a key, of the octets that the random source gives. */
    private static PublicKey ofSeed(byte[] seed) throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new GivenOctets(seed));
        return generator.generateKeyPair().getPublic();
    }

    private static final class GivenOctets extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] octets;

        private GivenOctets(byte[] octets) {
            this.octets = octets.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(octets, 0, target, 0, Math.min(octets.length, target.length));
        }
    }
}
