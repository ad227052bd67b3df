// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.amrelay.delivery.tls.HostNames;

/**
 * Says whether the certificate of a TLS session was issued for the host by somebody we trust (RFC 6125).
 *
 * <p>Asked after the handshake and apart from the TLS policy: opportunistic TLS takes any certificate for mail, but no
 * password goes to a stranger. Names stand in subjectAltName only; a wildcard is the whole leftmost label. Immutable.
 */
public final class CertificateJudge {
    private static final int IP_ADDRESS = 7;

    private final X509TrustManager trust;

    private CertificateJudge(X509TrustManager trust) {
        this.trust = trust;
    }

    /**
     * Believes the authorities of the Java runtime, or only the given ones.
     *
     * @throws IllegalStateException when the Java runtime has no trust manager
     */
    public static CertificateJudge trusting(Optional<KeyStore> authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities.orElse(null));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return new CertificateJudge(x509);
                }
            }
            throw new IllegalStateException("the Java runtime has no X.509 trust manager");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the Java runtime has no X.509 trust manager", impossible);
        }
    }

    /** Why the certificate is not good for that host; empty when it is. */
    Optional<String> objection(SSLSession session, String host) {
        try {
            Certificate[] shown = session.getPeerCertificates();
            X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
            // The kind of key exchange is not known any more; it is no part of the question
            trust.checkServerTrusted(chain, "UNKNOWN");
            return isFor(chain[0], host) ? Optional.empty() : Optional.of("its certificate is not for " + host);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.of("it has no certificate");
        } catch (CertificateException | ArrayStoreException untrusted) {
            return Optional.of("its certificate is not trusted: " + untrusted.getMessage());
        }
    }

    private static boolean isFor(X509Certificate certificate, String host) throws CertificateParsingException {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address == null) {
            return HostNames.match(certificate, List.of(ascii(host)));
        }
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream()
                        .filter(name -> name.get(0).equals(IP_ADDRESS))
                        .anyMatch(name -> Arrays.equals(
                                address, NetUtil.createByteArrayFromIpAddressString(String.valueOf(name.get(1)))));
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return host;
        }
    }
}
