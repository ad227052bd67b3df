// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.smtp.auth.CertificateLogins;
import org.amrelay.storage.account.FurtherCredential;
import org.amrelay.storage.account.FurtherCredential.Kind;
import org.amrelay.storage.account.FurtherCredentials;

/**
 * Certificates that let an account in, known by the SHA-256 of each; no authority is trusted (docs/decisions/0091).
 *
 * <p>Safe for several threads; look-ups come from memory.
 */
public final class ClientCertificates implements CertificateLogins {
    private final FurtherCredentials credentials;
    private final AppPasswords uses;
    private final Clock clock;

    @Inject
    public ClientCertificates(FurtherCredentials credentials, AppPasswords uses, Clock clock) {
        this.credentials = credentials;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * Registers a certificate; false when it, or one of that name, is registered already.
     *
     * @throws IllegalArgumentException when the text is no certificate in PEM
     */
    public boolean add(String account, String name, String pem) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return credentials.add(new FurtherCredential(
                    account,
                    Kind.CLIENT_CERTIFICATE,
                    name,
                    fingerprint(certificate),
                    clock.instant(),
                    Optional.empty()));
        } catch (CertificateException unreadable) {
            throw new IllegalArgumentException("this is not a certificate in PEM", unreadable);
        }
    }

    public List<FurtherCredential> of(String account) {
        return credentials.of(account, Kind.CLIENT_CERTIFICATE);
    }

    public boolean remove(String account, String name) {
        return credentials.remove(account, Kind.CLIENT_CERTIFICATE, name);
    }

    @Override
    public Optional<String> accountOf(X509Certificate certificate) {
        Instant now = clock.instant();
        boolean inTime = !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
        return inTime ? registered(certificate).map(FurtherCredential::account) : Optional.empty();
    }

    @Override
    public void used(X509Certificate certificate) {
        registered(certificate).ifPresent(uses::used);
    }

    private Optional<FurtherCredential> registered(X509Certificate certificate) {
        try {
            return credentials.withCredential(Kind.CLIENT_CERTIFICATE, fingerprint(certificate));
        } catch (CertificateEncodingException unusable) {
            return Optional.empty();
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has", e);
        }
    }
}
