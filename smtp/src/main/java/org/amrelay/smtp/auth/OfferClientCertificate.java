// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.amrelay.authentication.sasl.SaslExchange;
import org.amrelay.authentication.sasl.SaslStep;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * EXTERNAL (RFC 4422 appendix A): lets in whoever showed a registered certificate in the TLS handshake.
 *
 * <p>Offered to such clients only. The port has to ask for certificates. Safe for several sessions.
 */
public final class OfferClientCertificate implements SaslMechanism {
    private final CertificateLogins logins;

    @Inject
    public OfferClientCertificate(CertificateLogins logins) {
        this.logins = logins;
    }

    @Override
    public List<String> offered(SMTPSession session) {
        return shown(session).flatMap(logins::accountOf).isPresent() ? List.of("EXTERNAL") : List.of();
    }

    @Override
    public SaslExchange start(SMTPSession session, String name) {
        Optional<X509Certificate> certificate = shown(session);
        return actsFor -> {
            Optional<String> account = certificate.flatMap(logins::accountOf);
            if (account.isEmpty()
                    || !actsFor.isEmpty() && !actsFor.toLowerCase(Locale.ROOT).equals(account.get())) {
                return new SaslStep.Failure("EXTERNAL: no certificate of that account");
            }
            certificate.ifPresent(logins::used);
            return new SaslStep.Success(account.get());
        };
    }

    private static Optional<X509Certificate> shown(SMTPSession session) {
        return session.getSSLSession().flatMap(OfferClientCertificate::first);
    }

    private static Optional<X509Certificate> first(SSLSession tls) {
        try {
            Certificate[] chain = tls.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
