// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.dns.TlsaRecord;

/** Compares records with certificates, and reads certificates and keys that records hold (RFC 6698 §2.1). */
final class TlsaAssociation {
    static final int CERTIFICATE = 0;
    static final int KEY = 1;

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private TlsaAssociation() {}

    static boolean fits(TlsaRecord record, X509Certificate certificate) {
        try {
            byte[] selected = record.selector() == CERTIFICATE
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] matched = switch (record.matching()) {
                case UsableRecords.SHA_256 -> digest("SHA-256", selected);
                case UsableRecords.SHA_512 -> digest("SHA-512", selected);
                default -> selected;
            };
            return HexFormat.of().formatHex(matched).equals(record.association());
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }

    /** Whether a record that holds a whole certificate or key holds one that can be read. */
    static boolean isReadable(TlsaRecord record) {
        return record.selector() == CERTIFICATE
                ? certificate(record).isPresent()
                : key(record).isPresent();
    }

    static Optional<X509Certificate> certificate(TlsaRecord record) {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(HexFormat.of().parseHex(record.association()));
            return CertificateFactory.getInstance("X.509").generateCertificate(bytes)
                            instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<PublicKey> key(TlsaRecord record) {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                byte[] bytes = HexFormat.of().parseHex(record.association());
                return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(bytes)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // Perhaps the next algorithm
                continue;
            }
        }
        return Optional.empty();
    }
}
