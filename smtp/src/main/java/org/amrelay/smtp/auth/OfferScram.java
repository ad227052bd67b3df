// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.net.ssl.SSLSession;
import org.amrelay.authentication.sasl.SaslExchange;
import org.amrelay.authentication.sasl.ScramExchange;
import org.amrelay.authentication.sasl.TlsBinding;
import org.apache.james.protocols.smtp.SMTPSession;

/** SCRAM-SHA-256 and, where it is wanted, its PLUS form bound to our certificate (RFC 7677, RFC 5929). Safe for several sessions. */
public final class OfferScram implements SaslMechanism {
    private static final String PLAIN_FORM = "SCRAM-SHA-256";
    private static final String PLUS_FORM = "SCRAM-SHA-256-PLUS";
    private static final int NONCE_BYTES = 18;

    private final ScramLogins logins;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public OfferScram(ScramLogins logins) {
        this.logins = logins;
    }

    @Override
    public List<String> offered(SMTPSession session) {
        if (!logins.areKept()) {
            return List.of();
        }
        return binding(session).isPresent() ? List.of(PLAIN_FORM, PLUS_FORM) : List.of(PLAIN_FORM);
    }

    @Override
    public SaslExchange start(SMTPSession session, String name) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new ScramExchange(
                logins::find,
                binding(session),
                name.equals(PLUS_FORM),
                Base64.getEncoder().encodeToString(nonce));
    }

    private Optional<TlsBinding> binding(SMTPSession session) {
        return session.getSSLSession()
                .filter(tls -> logins.arePlus())
                .map(SSLSession::getLocalCertificates)
                .filter(chain -> chain.length > 0)
                .flatMap(chain -> ofFirst(chain[0]));
    }

    private static Optional<TlsBinding> ofFirst(Certificate certificate) {
        return certificate instanceof X509Certificate x509 ? TlsBinding.of(x509) : Optional.empty();
    }
}
