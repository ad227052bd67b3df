// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.amrelay.delivery.tls.PeerVerdict.Rejected;
import org.amrelay.delivery.tls.PeerVerdict.Verified;

/** Certificates or public keys that a server may have, by their SHA-256 digest. Immutable. */
public final class Fingerprints implements PeerCheck {
    private static final int DIGITS = 64;

    private final Set<String> digests;

    private Fingerprints(Set<String> digests) {
        this.digests = digests;
    }

    /**
     * @param texts SHA-256 of a certificate or of its public key, hexadecimal, colons allowed; at least one
     * @throws IllegalArgumentException with a sentence, when one is none
     */
    public static Fingerprints of(List<String> texts) {
        Set<String> digests = texts.stream().map(Fingerprints::digest).collect(Collectors.toUnmodifiableSet());
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("at least one fingerprint is needed");
        }
        return new Fingerprints(digests);
    }

    private static String digest(String text) {
        String hex = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
        if (hex.length() != DIGITS || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("'" + text + "' is no SHA-256 fingerprint of 64 hexadecimal digits");
        }
        return hex;
    }

    @Override
    public PeerVerdict check(List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        try {
            String certificate = sha256(own.getEncoded());
            String key = sha256(own.getPublicKey().getEncoded());
            if (digests.contains(certificate)) {
                return new Verified("fingerprint of the certificate");
            }
            return digests.contains(key)
                    ? new Verified("fingerprint of the key")
                    : new Rejected(
                            TlsFailure.CERTIFICATE_NOT_TRUSTED,
                            "certificate " + certificate + " with key " + key + " is not among the fingerprints");
        } catch (CertificateEncodingException e) {
            return new Rejected(TlsFailure.VALIDATION_FAILURE, "the certificate cannot be encoded: " + e.getMessage());
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
