// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys and certificates that a route brings to TLS.
 *
 * <p>Immutable.
 *
 * @param identity what the relay shows when the server asks who it is
 * @param trust whom to believe instead of the authorities of the Java runtime; empty for those
 */
public record TlsMaterial(Optional<Identity> identity, List<X509Certificate> trust) {
    private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_ENDS = "-----END PRIVATE KEY-----";

    public TlsMaterial {
        trust = List.copyOf(trust);
    }

    /**
     * A client certificate.
     *
     * @param chain the own certificate first
     */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }

        /** The key stays out of logs. */
        @Override
        public String toString() {
            return chain.get(0).getSubjectX500Principal().getName();
        }
    }

    /** Nothing of its own. */
    public static TlsMaterial none() {
        return new TlsMaterial(Optional.empty(), List.of());
    }

    public boolean isEmpty() {
        return identity.isEmpty() && trust.isEmpty();
    }

    /**
     * Reads certificates in PEM.
     *
     * @throws IllegalArgumentException with a sentence when there is none
     */
    public static List<X509Certificate> certificates(byte[] pem) {
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("holds no certificate");
            }
            return found;
        } catch (CertificateException broken) {
            throw new IllegalArgumentException("is no PEM certificate", broken);
        }
    }

    /**
     * Reads a private key in PEM (PKCS #8, RFC 7468 §10).
     *
     * @param certificate that it belongs to
     * @throws IllegalArgumentException with a sentence, never with the key, when it is none
     */
    public static PrivateKey privateKey(byte[] pem, X509Certificate certificate) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int start = text.indexOf(KEY_BEGINS);
        int end = text.indexOf(KEY_ENDS);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("is no PEM private key (PKCS #8, not encrypted)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(start + KEY_BEGINS.length(), end));
            return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException("is no private key for the certificate", unusable);
        }
    }

    /** The trusted certificates as a key store; empty when the runtime's own shall be used. */
    public Optional<KeyStore> trustStore() {
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trust.size(); i++) {
                store.setCertificateEntry("trusted-" + i, trust.get(i));
            }
            return Optional.of(store);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("the Java runtime makes no key store in memory", impossible);
        }
    }
}
