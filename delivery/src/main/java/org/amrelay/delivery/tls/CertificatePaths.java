// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for a path from a server's certificate to a trust anchor (RFC 5280 §6); asks nobody about revocation. */
public final class CertificatePaths {
    private static final int LONGEST = 10;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";

    private CertificatePaths() {}

    /** Why there is no path, or nothing when there is one. */
    public static Optional<PeerVerdict.Rejected> objection(
            List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at) {
        X509Certificate own = chain.get(0);
        Optional<PeerVerdict.Rejected> outdated = outdated(own, at);
        if (outdated.isPresent()) {
            return outdated;
        }
        if (!mayServe(own)) {
            return untrusted("the certificate is not meant for servers");
        }
        if (anchors.isEmpty()) {
            return untrusted("there is no authority to trust");
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(own);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance(
                    "Collection",
                    new CollectionCertStoreParameters(chain.subList(0, Math.min(chain.size(), LONGEST)))));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST);
            parameters.setDate(Date.from(at));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (CertPathBuilderException e) {
            return isOutdated(e)
                    ? Optional.of(new PeerVerdict.Rejected(
                            TlsFailure.CERTIFICATE_EXPIRED, "a certificate of the chain has expired"))
                    : untrusted("no path to a trusted authority: " + e.getMessage());
        } catch (InvalidAlgorithmParameterException e) {
            return untrusted("the authorities cannot be used: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            return Optional.of(new PeerVerdict.Rejected(
                    TlsFailure.VALIDATION_FAILURE, "the certificates cannot be checked: " + e.getMessage()));
        }
    }

    private static Optional<PeerVerdict.Rejected> untrusted(String cause) {
        return Optional.of(new PeerVerdict.Rejected(TlsFailure.CERTIFICATE_NOT_TRUSTED, cause));
    }

    private static Optional<PeerVerdict.Rejected> outdated(X509Certificate certificate, Instant at) {
        try {
            certificate.checkValidity(Date.from(at));
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of(new PeerVerdict.Rejected(
                    TlsFailure.CERTIFICATE_EXPIRED,
                    "the certificate expired at " + certificate.getNotAfter().toInstant()));
        } catch (CertificateNotYetValidException e) {
            return Optional.of(new PeerVerdict.Rejected(
                    TlsFailure.CERTIFICATE_EXPIRED,
                    "the certificate is valid from "
                            + certificate.getNotBefore().toInstant()));
        }
    }

    private static boolean mayServe(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(SERVER_AUTHENTICATION) || uses.contains(ANY_USE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean isOutdated(CertPathBuilderException e) {
        return e.getCause() instanceof CertPathValidatorException validator
                && validator.getReason() == CertPathValidatorException.BasicReason.EXPIRED;
    }
}
