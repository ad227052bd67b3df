// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.amrelay.delivery.tls.PeerVerdict.Rejected;
import org.amrelay.delivery.tls.PeerVerdict.Verified;

/** The public authorities: checks that a server has a certificate of one of them for its name. */
public final class WebPki {
    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final InstantSource clock;

    /** With these authorities only. */
    public WebPki(Collection<X509Certificate> authorities, InstantSource clock) {
        authorities.forEach(each -> anchors.add(new TrustAnchor(each, null)));
        this.clock = clock;
    }

    /**
     * With the authorities that come with Java.
     *
     * @throws IllegalStateException when there are none that can be read
     */
    public static WebPki ofJavaRuntime(InstantSource clock) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<X509Certificate> authorities = new HashSet<>();
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager manager) {
                    authorities.addAll(List.of(manager.getAcceptedIssuers()));
                }
            }
            return new WebPki(authorities, clock);
        } catch (NoSuchAlgorithmException | KeyStoreException e) {
            throw new IllegalStateException("the Java runtime's authorities cannot be read", e);
        }
    }

    /** Wants a certificate for one of the names. */
    public PeerCheck forNames(List<String> names) {
        List<String> wanted = List.copyOf(names);
        return chain -> {
            Optional<Rejected> objection = CertificatePaths.objection(chain, anchors, clock.instant());
            if (objection.isPresent()) {
                return objection.get();
            }
            return HostNames.match(chain.get(0), wanted)
                    ? new Verified("certificate for " + String.join(" or ", wanted))
                    : mismatch(chain.get(0), wanted);
        };
    }

    /** Says that a certificate is for others. */
    public static PeerVerdict mismatch(X509Certificate certificate, List<String> wanted) {
        List<String> names = HostNames.of(certificate);
        List<String> few = names.subList(0, Math.min(names.size(), 5));
        return new Rejected(
                TlsFailure.CERTIFICATE_HOST_MISMATCH,
                "the certificate is for " + (few.isEmpty() ? "no host" : String.join(", ", few)) + ", not for "
                        + String.join(" or ", wanted));
    }
}
