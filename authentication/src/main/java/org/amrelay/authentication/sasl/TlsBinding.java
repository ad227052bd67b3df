// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;

/**
 * What ties a log-in to its TLS connection: {@code tls-server-end-point} (RFC 5929 §4). Immutable.
 *
 * <p>{@code tls-exporter} (RFC 9266) needs key material that Java 17 does not give out.
 */
public final class TlsBinding {
    /** As it stands in the client's first message. */
    public static final String NAME = "tls-server-end-point";

    private final byte[] value;

    private TlsBinding(byte[] value) {
        this.value = value.clone();
    }

    /** The binding of a connection with that certificate; empty when its signature has no hash of its own, as Ed25519. */
    public static Optional<TlsBinding> of(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = algorithm.indexOf("WITH");
        if (with <= 0) {
            return Optional.empty();
        }
        // MD5 and SHA-1 are replaced by SHA-256
        String hash = switch (algorithm.substring(0, with)) {
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            case "SHA224" -> "SHA-224";
            default -> "SHA-256";
        };
        try {
            return Optional.of(new TlsBinding(MessageDigest.getInstance(hash).digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException unusable) {
            return Optional.empty();
        }
    }

    /** For tests of the protocol. */
    static TlsBinding of(String value) {
        return new TlsBinding(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] value() {
        return value.clone();
    }
}
